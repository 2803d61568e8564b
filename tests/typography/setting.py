"""Builders for the tests of typography: copy in the real Song face, 9 pt, and lengths in em.

shaped = shape("汉，字")
widths(shaped)            # ("汉", 1), ("，", 1), ("字", 1)
texts(break_at(shaped, 14))
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings, Span
from layout_engine.base.source import read_at
from layout_engine.content.model import Emphasis, Part, PartKind
from layout_engine.faces.face import Face, FaceEntry
from layout_engine.faces.fallback import FaceChain, Faces
from layout_engine.spec.resolved import LineRules, TextStyle
from layout_engine.spec.rule_styles import RULE_STYLES
from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.justify import line_text, set_single_line
from layout_engine.typography.model import SetLine, ShapedParagraph
from layout_engine.typography.shape import shape_part
from tests.kit.pages import text_style

EM = 9 * 65_536
FONTS = Path(__file__).resolve().parents[2] / "fonts"
FILES = {
    "song": "noto-serif-sc/NotoSerifSC-Regular.ttf",
    "hei": "noto-sans-sc/NotoSansSC-Bold.ttf",
    "kai": "jimo-kai/JimoKai-Regular.ttf",
}


@cache
def faces() -> Faces:
    """Song, Hei, Kai that leaves its marks to Song, and `plain`: Kai with no rule and no help."""
    opened = {key: _open(key, FILES[key], "“”‘’—…" if key == "kai" else "") for key in FILES}
    plain = _open("plain", FILES["kai"], "")
    return Faces(
        [
            FaceChain("song", "书宋", (opened["song"],)),
            FaceChain("hei", "黑体", (opened["hei"],)),
            FaceChain("kai", "楷体", (opened["kai"], opened["song"])),
            FaceChain("plain", "楷体", (plain,)),
        ]
    )


def _open(key: str, file: str, not_for: str) -> Face:
    entry = FaceEntry(
        key=key, file=file, licence="OFL-1.1", credit="", span=Span("fonts.yaml"), not_for=frozenset(not_for)
    )
    return Face(entry, FONTS / file, 1000)


def style(face: str = "song", half_digits: bool = True, rules: LineRules | str = "gb") -> TextStyle:
    """A style of which shaping reads only the faces, the digits and the rules (or the name of a style of composing)."""
    chosen = RULE_STYLES[rules] if isinstance(rules, str) else rules
    return text_style("body", face=face, size=EM, leading=EM, indent=0, half_digits=half_digits, rules=chosen)


def part(text: str, kind: PartKind = "body", emphasis: tuple[Emphasis, ...] = ()) -> Part:
    return Part("lead/body-1", kind, read_at(text, "articles/a.md", 7, 1), emphasis)


def shape(text: str, kind: PartKind = "body", face: str = "song", **options: Any) -> ShapedParagraph:
    """`text` shaped; nothing may be found wrong with it."""
    shaped, found = shape_with_findings(text, kind, face, **options)
    assert found == ()
    return shaped


def shape_with_findings(
    text: str, kind: PartKind = "body", face: str = "song", half_digits: bool = True, **options: Any
) -> tuple[ShapedParagraph, tuple[Diagnostic, ...]]:
    findings = Findings()
    emphasis = options.pop("emphasis", ())
    wanted = style(face, half_digits, options.pop("rules", "gb"))
    if "dateline" in options:
        wanted = msgspec.structs.replace(wanted, strong="hei", strong_dateline=options.pop("dateline"))
    shaped = shape_part(part(text, kind, emphasis), wanted, EM, faces(), findings, **options)
    return shaped, findings.all()


def em(length: int) -> Fraction:
    """A length in em, to the thousandth (TY §0: measured to 0.001 em)."""
    return Fraction(round(length * 1000 / EM), 1000)


def natural(text: str, **options: Any) -> Fraction:
    """The width of the clusters of `text` before fitting, edges not trimmed, in em."""
    return em(sum(shape(text, **options).advances))


def widths(text: str, **options: Any) -> list[tuple[str, Fraction]]:
    """Each cluster of `text` and its natural advance in em."""
    shaped = shape(text, **options)
    return [(text[a:b], em(w)) for a, b, w in zip(shaped.starts, shaped.starts[1:], shaped.advances, strict=False)]


def single(text: str, **options: Any) -> SetLine:
    return set_single_line(shape(text, **options))


def break_at(shaped: ShapedParagraph, *measures: float, indent: float = 0, **options: Any) -> tuple[SetLine, ...]:
    """The lines of the paragraph for measures in em."""
    broken = break_paragraph(shaped, [int(one * EM) for one in measures], indent=int(indent * EM), **options)
    assert broken is not None
    return broken.lines


def texts(shaped: ShapedParagraph, lines: tuple[SetLine, ...]) -> list[str]:
    return [line_text(shaped, line) for line in lines]


def line_widths(shaped: ShapedParagraph, line: SetLine) -> list[tuple[str, Fraction]]:
    """Each drawn cluster of a line with its justified advance in em."""
    cut = shaped.starts[line.start : line.drawn + 1]
    return [(shaped.text[a:b], em(w)) for a, b, w in zip(cut[:-1], cut[1:], line.advances, strict=True)]
