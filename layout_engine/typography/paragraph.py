"""One paragraph set as the page sets it (单段试排): for those who measure, and who have no page.

from layout_engine.typography import set_paragraph
for line in set_paragraph("今年以来，全区引进C919项目……", measure_em=14):
    print(line.text, line.advances)
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.source import read_at
from layout_engine.base.units import pt, round_half_up
from layout_engine.content.model import Part
from layout_engine.faces.catalog import find_fonts
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.spec.resolved import TextStyle
from layout_engine.spec.rule_styles import RULE_STYLES
from layout_engine.typography import model
from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.shape import shape_part

_BODY_FACE: Final = "song"  # the role that houses set their text in
_LARGEST_PT: Final = 300
_LONGEST_EM: Final = 10_000


class SetLine(msgspec.Struct, frozen=True):
    """A line as others measure it: its characters, and each cluster (字簇) with its advance (字幅) in em.

    The clusters of `advances` spell `text`, and their advances add up to the line's width. Space that was added or
    taken away is in the advance of a cluster beside it. Spaces that vanish at the line's end are in neither.
    """

    text: str
    advances: tuple[tuple[str, float], ...]


def set_paragraph(text: str, measure_em: float, style: str = "gb", size_pt: float = 9) -> list[SetLine]:
    """`text` in lines of `measure_em`, by the rules of `style` (RULE_STYLES: gb, basic, strict, kaiming …).

    In the engine's own Song, horizontal, justified, without indent. A line break in the text begins a new paragraph;
    an empty paragraph has no line. A character that no face has is one em wide. ValueError for a style that does not
    exist, or a measure or size that nothing can be set in.
    """
    size = _size(size_pt)
    if not 0 < measure_em <= _LONGEST_EM:
        raise ValueError(f"measure_em must be above 0 and at most {_LONGEST_EM}, not {measure_em!r}")
    measures = (round_half_up(Fraction(measure_em) * size),)
    text_style, faces = _style(style, size), _open(find_fonts())
    lines: list[SetLine] = []
    for number, paragraph in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        part = Part("paragraph", "body", read_at(paragraph, "paragraph", number, 1))
        shaped = shape_part(part, text_style, size, faces, Findings())
        broken = break_paragraph(shaped, measures)
        if broken is not None:
            lines += [_measured(shaped, line) for line in broken.lines]
    return lines


def _measured(shaped: model.ShapedParagraph, line: model.SetLine) -> SetLine:
    text, size = shaped.text, shaped.size
    cut = shaped.starts[line.start : line.drawn + 1]
    advances = tuple(
        (text[start:end], advance / size) for start, end, advance in zip(cut[:-1], cut[1:], line.advances, strict=True)
    )
    return SetLine(text[cut[0] : cut[-1]], advances)


def _size(size_pt: float) -> int:
    if not 1 <= size_pt <= _LARGEST_PT:
        raise ValueError(f"size_pt must be from 1 to {_LARGEST_PT}, not {size_pt!r}")
    return pt(Fraction(size_pt))


@cache
def _style(name: str, size: int) -> TextStyle:
    """A plain body style with these rules."""
    if name not in RULE_STYLES:
        raise ValueError(f"no style {name!r}; there are {', '.join(RULE_STYLES)}")
    return TextStyle(
        name="body",
        face=_BODY_FACE,
        size_least=size,
        size_most=size,
        leading=size,
        indent=0,
        ink="black",
        align="justify",
        lines_least=1,
        lines_most=1,
        fit=False,
        tracking_least=0,
        tracking_most=0,
        narrow_least=100,
        narrow_most=100,
        emphasis=_BODY_FACE,
        strong=_BODY_FACE,
        rows_least=1,
        rows_most=1,
        half_digits=True,
        span=Span("paragraph"),
        rules=RULE_STYLES[name],
    )


@cache
def _open(fonts_dir: Path) -> Faces:
    """The body face of a fonts folder, opened once for all paragraphs of a process."""
    opened = open_faces(fonts_dir, (_BODY_FACE,))
    if opened.value is None or not opened.value.chain(_BODY_FACE).faces:
        raise FileNotFoundError(f"the engine's own faces are not in {fonts_dir}")
    return opened.value
