"""What an editor should see before the copy is set (来稿检查): TY-100 to TY-112, each with the exact edit.

Nothing is changed here. `check_copy` looks at a story as read, so that what the house or the article accepted
is no longer found; `check_raw` looks at text as a machine read it, before anybody made an article of it.
"""

from collections.abc import Sequence
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome
from layout_engine.base.source import SourcedText, join_texts, read_at
from layout_engine.content.characters import needs_space_between
from layout_engine.content.cuts import Paragraph, find_cuts
from layout_engine.content.model import PartKind, Proposal, Story
from layout_engine.content.normalize import NORMALIZATIONS
from layout_engine.content.pairing import pair_marks, points_in_a_row
from layout_engine.content.proposals import propose
from layout_engine.content.text_file import decode_copy, report_forbidden

_SHOWN: Final = 8  # characters of a paragraph's end or start in a message
_MAX_SHOWN: Final = 40  # of an edit's text
_MAX_BYLINE: Final = 30
_QUOTES_OVER_PARAGRAPHS: Final = frozenset("“「『")
_BLANKS: Final = " \t　"
_HARD_BREAK: Final = "  "


def check_copy(story: Story) -> tuple[Diagnostic, ...]:
    """Every finding about the story's own text."""
    found = Findings()
    for part in story.parts:
        _check_text(part.copy, part.kind, found)
    head = [part.copy for part in story.parts if part.kind not in ("body", "crosshead")]
    for copy in head:
        _check_pairs([copy], found)
    body = [part for part in story.parts if part.kind in ("body", "crosshead")]
    _check_pairs([part.copy for part in body], found)
    paragraphs = [Paragraph(part.text, heading=part.kind == "crosshead") for part in body]
    _check_cuts([part.copy for part in body], paragraphs, found, all_body=True)
    if body and story.part("byline") is None and _is_like_byline(body[-1].text):
        found.add("copy/byline-in-body", body[-1].copy.span(0), text=body[-1].text)
    return found.all()


def check_raw(data: bytes, file: str) -> Outcome[int]:
    """Every finding about text as a machine read it; the value is the number of paragraphs that were looked at.

    A blank line ends a paragraph, two spaces at a line's end end a line; `#` marks a heading.
    """
    text = decode_copy(data, file)
    if isinstance(text, Diagnostic):
        return Outcome(None, (text,))
    found = Findings()
    copies, paragraphs = _read_raw(text, file)
    for copy, paragraph in zip(copies, paragraphs, strict=True):
        _check_text(copy, "headline" if paragraph.heading else "body", found)
        report_forbidden(copy, found)
    _check_pairs(copies, found)
    _check_cuts(copies, paragraphs, found, all_body=False)
    return Outcome(len(copies), found.all())


def _read_raw(text: str, file: str) -> tuple[list[SourcedText], list[Paragraph]]:
    copies: list[SourcedText] = []
    paragraphs: list[Paragraph] = []
    goes_on = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip(_BLANKS)
        heading = bare.startswith("#")
        bare = bare.lstrip("#").lstrip(_BLANKS) if heading else bare
        if bare:
            copy = read_at(bare, file, number, line.index(bare) + 1)
            if goes_on and not heading:
                before = copies[-1]
                space = needs_space_between(before.text[-1], bare[0])
                joint = (read_at(" ", file, number - 1, before.span(len(before.text)).column + 1),) if space else ()
                copies[-1] = join_texts((before, *joint, copy))
                paragraphs[-1] = Paragraph(copies[-1].text)
            else:
                copies.append(copy)
                paragraphs.append(Paragraph(bare, heading))
        goes_on = bool(bare) and not heading and not line.endswith(_HARD_BREAK)
    return copies, paragraphs


def _check_text(copy: SourcedText, kind: PartKind, found: Findings) -> None:
    for proposal in propose(copy.text, kind):
        _add_proposal(copy, proposal, found)
    for start, end in points_in_a_row(copy.text):
        found.add("copy/points-in-a-row", copy.span(start), marks=copy.text[start:end], rule="TY-110")


def _add_proposal(copy: SourcedText, proposal: Proposal, found: Findings) -> None:
    """The finding with what stands there and what should; without changes, only what stands there."""
    text = copy.text
    accept = proposal.kind if proposal.kind in NORMALIZATIONS else ""
    if not proposal.changes:
        found.add(
            proposal.code,
            copy.span(proposal.at),
            before=text[proposal.at],
            after="",
            rule=proposal.rule,
            context=_around(text, proposal.at, proposal.at + 1),
            accept=accept,
        )
        return
    start, end = proposal.changes[0].start, proposal.changes[-1].end
    after, at = "", start
    for change in proposal.changes:
        after += text[at : change.start] + change.after
        at = change.end
    found.add(
        proposal.code,
        copy.span(proposal.at),
        before=_shortened(text[start:end]),
        after=_shortened(after),
        rule=proposal.rule,
        context=_around(text, start, end),
        accept=accept,
    )


def _check_pairs(copies: Sequence[SourcedText], found: Findings) -> None:
    """TY-102. A quotation over several paragraphs opens in each of them and closes in the last."""
    for number, copy in enumerate(copies):
        faults = pair_marks(copy.text).faults
        following = copies[number + 1].text if number + 1 < len(copies) else ""
        for fault in faults:
            mark = copy.text[fault.at]
            if fault.kind == "crossed":
                other = copy.span(fault.other)
                found.add(
                    "copy/crossed-marks",
                    copy.span(fault.at),
                    related=(other,),
                    mark=mark,
                    other=copy.text[fault.other],
                    context=_around(copy.text, fault.at, fault.at + 1),
                )
            elif not (len(faults) == 1 and mark in _QUOTES_OVER_PARAGRAPHS and following.startswith(mark)):
                found.add(
                    "copy/unpaired-mark",
                    copy.span(fault.at),
                    mark=mark,
                    context=_around(copy.text, fault.at, fault.at + 1),
                )


def _check_cuts(
    copies: Sequence[SourcedText], paragraphs: Sequence[Paragraph], found: Findings, *, all_body: bool
) -> None:
    """TY-109: each cut with the join that mends it, or without where nothing goes on."""
    for cut in find_cuts(paragraphs, all_body=all_body):
        copy = copies[cut.index]
        place = copy.span(len(copy.text))
        end = copy.text[-_SHOWN:]
        if cut.joins:
            following = copies[cut.index + 1]
            start = following.text[:_SHOWN]
            found.add(
                "copy/paragraph-cut",
                place,
                related=(following.span(0),),
                end=end,
                start=start,
                before=f"{end}⏎{start}",
                after=f"{end}{start}",
                line=following.span(0).line,
                rule="TY-109",
            )
        else:
            found.add("copy/paragraph-unfinished", place, end=end, rule="TY-109")


def _is_like_byline(text: str) -> bool:
    """Whether a paragraph is wholly in full-width brackets, as bylines are."""
    return (
        text.startswith("（")
        and text.endswith("）")
        and len(text) <= _MAX_BYLINE
        and pair_marks(text).pairs[:1] == ((0, len(text) - 1),)
    )


def _around(text: str, start: int, end: int) -> str:
    return _shortened(text[max(0, start - _SHOWN // 2) : end + _SHOWN // 2])


def _shortened(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN // 2]}……{text[-_MAX_SHOWN // 2 :]}"
