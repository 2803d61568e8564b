"""What an article file says (稿件文件): the headline group in its front matter, and the body under it.

    ---
    kicker: 引题            # optional, as deck 副题, note (出席、主持一行) and byline 署名 are
    headline: |             # each line of a block is a line of the headline, broken by sense
      一季度全区新能源新材料
      产业增加值增速18.4%
    byline: （秦贞燕）       # set after the body; a body's last paragraph is never taken for it
    normalize: [brackets]   # which proposals of the intake check are accepted here, besides the house's
    ---
    正文……

Front matter is plain text: `*`, `#` and `<` mean themselves there. In the body, see markdown.py.
"""

from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome, Span
from layout_engine.base.yaml_nodes import read_yaml
from layout_engine.content.fields import Fields, read_fields
from layout_engine.content.markdown import Body, read_body
from layout_engine.content.model import Part, PartKind, Story
from layout_engine.content.normalize import normalize_part
from layout_engine.content.text_file import decode_copy, report_forbidden

MAX_PARAGRAPHS: Final = 2_000
MAX_FINDINGS: Final = 200  # in one file; more help nobody

_HEAD: Final[tuple[PartKind, ...]] = ("kicker", "headline", "deck", "note")  # in reading order
_KEYS: Final = {"kicker": True, "headline": True, "deck": True, "note": True, "byline": False}
_FENCE: Final = "---"


def read_article(data: bytes, file: str, story_id: str, normalize: frozenset[str]) -> Outcome[Story]:
    """The story that the bytes of an article file write; `normalize` are the kinds that the house accepts.

    None where the file cannot be read as an article; else the story, with gaps where something is missing.
    """
    text = decode_copy(data, file)
    if isinstance(text, Diagnostic):
        return Outcome(None, (text,))
    found = Findings()
    story = None
    if not text.strip():
        found.add("copy/empty-file", Span(file))
    else:
        story = _read_story(text.split("\n"), file, story_id, normalize, found)
    return Outcome(story, found.all()[:MAX_FINDINGS])


def _read_story(lines: list[str], file: str, story_id: str, normalize: frozenset[str], found: Findings) -> Story | None:
    end = _front_matter_end(lines, file, found)
    if end is None:
        return None
    fields = _read_front_matter(lines[1:end], file, found) if end else Fields()
    first_line = end + 2 if end else 1
    body = read_body(lines[first_line - 1 :], file, first_line, found)
    if len(body.blocks) > MAX_PARAGRAPHS:
        found.add("copy/too-many-paragraphs", Span(file), count=len(body.blocks), most=MAX_PARAGRAPHS)
        return None
    if not body.blocks:
        found.add("copy/empty-body", Span(file, min(first_line, len(lines))))
    parts = _parts(fields, body, story_id)
    for part in parts:
        report_forbidden(part.copy, found)
    kinds = normalize | fields.normalize
    return Story(story_id, file, Span(file), tuple(normalize_part(one, kinds) for one in parts), body.dropped)


def _front_matter_end(lines: list[str], file: str, found: Findings) -> int | None:
    """The index of the line that closes the front matter; 0 where there is none, None where it never closes."""
    if lines[0].rstrip() != _FENCE:
        found.add("copy/no-front-matter", Span(file))
        return 0
    for at in range(1, len(lines)):
        if lines[at].rstrip() == _FENCE:
            return at
    found.add("copy/front-matter-unclosed", Span(file))
    return None


def _read_front_matter(lines: list[str], file: str, found: Findings) -> Fields:
    outcome = read_yaml("\n".join(lines).encode(), file, first_line=2)
    says_nothing = any(one.code == "yaml/empty" for one in outcome.diagnostics)
    found.extend(tuple(one for one in outcome.diagnostics if one.code != "yaml/empty"))
    if outcome.value is None:
        if says_nothing:
            found.add("copy/missing-headline", Span(file))
        return Fields()
    fields = read_fields(outcome.value, _KEYS, found)
    if "headline" not in fields.texts and "headline" not in fields.refused:
        found.add("copy/missing-headline", Span(file))
    return fields


def _parts(fields: Fields, body: Body, story_id: str) -> list[Part]:
    texts = fields.texts
    parts = [Part(f"{story_id}/{kind}", kind, texts[kind]) for kind in _HEAD if kind in texts]
    count = {"body": 0, "crosshead": 0}
    for block in body.blocks:
        count[block.kind] += 1
        key = f"{story_id}/{block.kind}-{count[block.kind]}"
        parts.append(Part(key, block.kind, block.copy, block.emphasis, dropped=block.dropped))
    if "byline" in texts:
        parts.append(Part(f"{story_id}/byline", "byline", texts["byline"]))
    return parts
