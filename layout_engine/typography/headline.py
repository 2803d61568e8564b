"""How large, and in which lines, is a headline set (标题的分行与字号)? TY-91..95.

Lines by sense (sense.py), divided so that they harm it least (divide.py), at the largest size at which they fit
(fitting.py). What cannot be made to fit is set at the least and overruns; the finding says by how many characters.
"""

from collections.abc import Iterator
from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.base.units import format_mm, format_pt
from layout_engine.content.model import Part
from layout_engine.faces.fallback import Faces
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography import sense
from layout_engine.typography.divide import LOPSIDED, Division, Pieces, Ruler, cut_pieces
from layout_engine.typography.fitting import (
    NATURAL_TRACKING,
    NATURAL_WIDTH,
    SIZE_STEP,
    Setting,
    plan_headline,
    plan_overrun,
    step_down,
)
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import Direction, FittedHeadline, SetLine, ShapedParagraph
from layout_engine.typography.shape import shape_part

_FULL_STOP: Final = "。"
_WITHOUT_FULL_STOP: Final = ("kicker", "headline", "deck")  # TY-91
_SHOWN: Final = 4  # characters on either side of a break, in a finding


def fit_headline(
    part: Part,
    style: TextStyle,
    width: int,
    names: tuple[str, ...],
    faces: Faces,
    findings: Findings,
    *,
    direction: Direction = "horizontal",
) -> FittedHeadline:
    """The headline in the lines and at the size that suit it best in `width` su (vertical: the height of a line).

    The copy's own line breaks are kept. Otherwise, in this order: the least harm to the sense (TY-92; `names` are the
    house's words), the largest size, fewer lines, even lines (TY-93). All lines fit `width`, or `over` says how many
    characters too many the longest has (TY-94).
    """

    def shape(setting: Setting, found: Findings) -> ShapedParagraph:
        size, narrow, tracking = setting.size, setting.narrow, setting.tracking
        return shape_part(part, style, size, faces, found, direction=direction, narrow=narrow, tracking=tracking)

    first_shaped = shape(Setting(style.size_most, NATURAL_TRACKING, NATURAL_WIDTH), Findings())
    pieces = cut_pieces(first_shaped, names)
    plan = plan_headline(pieces, style, width)
    if not pieces.explicit and style.lines_most > 1 and (plan is None or plan.division.cost >= LOPSIDED):
        pieces = cut_pieces(first_shaped, names, words=True)  # only here does a headline need to know words
        plan = plan_headline(pieces, style, width)
    plan = plan or plan_overrun(pieces, style, width)
    setting, division = plan.setting, plan.division
    while True:  # the plan is arithmetic: where a rounded advance breaks it, one step tighter will do
        found = Findings()
        paragraph = shape(setting, found)
        lines = _set_lines(paragraph, pieces, division)
        tighter = step_down(style, setting)
        if tighter is None or all(line.width <= width for line in lines):
            break
        setting = tighter

    fitted = FittedHeadline(
        paragraph=paragraph,
        lines=lines,
        size=setting.size,
        narrow=setting.narrow,
        tracking=setting.tracking,
        over=max((_too_many(line, width) for line in lines), default=0),
        divided=any(grade >= sense.TIGHT for grade, _ in _breaks(pieces, division)),
    )
    findings.extend(found.all())
    _report_copy(part, style, pieces, findings)
    if fitted.over:  # the lines are of no worth then: where they break is not told
        _report_overrun(fitted, style, width, pieces, division, findings)
    else:
        _report_breaks(part, pieces, division, findings)
    return fitted


def _set_lines(paragraph: ShapedParagraph, pieces: Pieces, division: Division) -> tuple[SetLine, ...]:
    begins = (*pieces.begins, len(paragraph))
    return tuple(set_single_line(paragraph, begins[first], begins[stop]) for first, stop in division.lines)


def _too_many(line: SetLine, width: int) -> int:
    """How many characters at the end of the line stand outside `width`, whole or in part."""
    excess, count = line.width - width, 0
    for advance in reversed(line.advances):
        if excess <= 0:
            break
        excess -= advance
        count += 1
    return count


def _breaks(pieces: Pieces, division: Division) -> Iterator[tuple[int, int]]:
    """The grade of each break between two lines, and the character before which it stands."""
    for stop in division.stops[:-1]:
        yield pieces.grades[stop - 1], pieces.paragraph.starts[pieces.begins[stop]]


def _report_copy(part: Part, style: TextStyle, pieces: Pieces, findings: Findings) -> None:
    """What the editor wrote against the rules of a headline."""
    if pieces.explicit and len(pieces) > style.lines_most:
        place = part.copy.span(pieces.paragraph.starts[pieces.begins[style.lines_most]])
        findings.add("headline/too-many-lines", place, lines=len(pieces), most=style.lines_most, style=style.name)
    shown = part.text.rstrip()
    if part.kind in _WITHOUT_FULL_STOP and shown.endswith(_FULL_STOP):
        findings.add("headline/full-stop", part.copy.span(len(shown) - 1))


def _report_breaks(part: Part, pieces: Pieces, division: Division, findings: Findings) -> None:
    """TY-92: a line that does not end by the sense."""
    for grade, at in _breaks(pieces, division):
        if grade >= sense.TIGHT:
            code = "headline/divided" if grade < sense.TITLE else "headline/unit-divided"
            before, after = part.text[max(0, at - _SHOWN) : at], part.text[at : at + _SHOWN]
            findings.add(code, part.copy.span(at), before=before, after=after)


def _report_overrun(
    fitted: FittedHeadline, style: TextStyle, width: int, pieces: Pieces, division: Division, findings: Findings
) -> None:
    """TY-94: how much must go, or at which size it would have fitted."""
    ruler = Ruler(pieces, fitted.tracking, fitted.narrow)
    fits_at = ruler.size_for(width, ruler.widest(division)) // SIZE_STEP * SIZE_STEP
    longest = max(fitted.lines, key=lambda line: line.width)
    place = fitted.paragraph.copy.span(fitted.paragraph.starts[longest.start])
    findings.add(
        "headline/does-not-fit",
        place,
        over=fitted.over,
        total=sum(_too_many(line, width) for line in fitted.lines),
        lines=len(fitted.lines),
        size=format_pt(fitted.size, 2),
        measure=format_mm(width),
        style=style.name,
        fits_at=format_pt(fits_at, 2) if fits_at else "",
    )
