"""Pages reduced to their words (只比文字): what is left to compare where one side is a PDF without a record."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.base.source import read_at
from layout_engine.diff.model import Edition
from layout_engine.scene.items import GlyphRun, Imprint, SceneItem, ScenePage, SceneRegion
from layout_engine.scene.ledger import LedgerEntry
from layout_engine.scene.record import FORMAT, PageRecord, PictureRecord
from layout_engine.spec.resolved import Ink

REGION: Final = "words"
KIND: Final = "page"
NEAR: Final = 65_536  # su: what is nearer than a point stands where it stood, as two programs measure it
_SAME_LINE: Final = 32_768  # su between baselines
_ASCENT: Final = 88  # hundredths of the em above the baseline (faces/face.py)
_INK: Final = "ink"
_BLACK: Final = Ink("black", 0, 0, 0, 10_000, False)
_HYPHENS: Final = dict.fromkeys((0x02, 0xAD, 0x2010, 0x2011), "-")
_UNSEEN: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF), "")


class Character(msgspec.Struct, frozen=True):
    """What one glyph says, its origin in su from the trim's top left, and the size that it is set in."""

    text: str
    x: int
    y: int
    size: int


class SeenPicture(msgspec.Struct, frozen=True):
    """A picture on the page: its place, a name for it, and the hash of its data where that says something."""

    rect: Rect
    name: str
    sha256: str = ""


def said(text: str) -> str:
    """`text` without what a reader of PDFs cannot tell: white space, marks without a shape, kinds of hyphens."""
    return "".join(text.translate(_HYPHENS | _UNSEEN).split())


def as_words(edition: Edition) -> Edition:
    """The edition with pages numbered by order, each one text in the order in which it is drawn."""
    pages = tuple(_reduced(record, number) for number, record in enumerate(edition.pages, start=1))
    return Edition(edition.label, pages, words_only=True)


def _reduced(record: PageRecord, number: int) -> PageRecord:
    page = record.page
    items = [item for region in page.regions for item in region.items]
    pictures = [item for item in items if isinstance(item, Picture | PlacedPage)]
    known = record.pictures if record.engine == "" else {}  # what a proof knows of a file is not what is in the PDF
    return page_of_words(
        number,
        [one for item in items if isinstance(item, GlyphRun) for one in _characters(item)],
        Rect(0, 0, page.trim.width, page.trim.height),
        [
            SeenPicture(
                one.rect if isinstance(one, Picture) else one.clip,
                one.file,
                known[one.file].sha256 if one.file in known else "",
            )
            for one in pictures
        ],
    )


def _characters(run: GlyphRun) -> Iterator[Character]:
    """Each glyph at the origin that a reader of PDFs tells, the horizontal one, also where it was set from another."""
    across = run.direction == "horizontal"
    left, down = (run.size // 2, run.size * _ASCENT // 100) if run.origins == "vertical" else (0, 0)
    for at, (first, last) in enumerate(zip(run.starts, run.starts[1:], strict=False)):
        text = said(run.text[first - run.starts[0] : last - run.starts[0]])
        if text:
            pen = run.pens[at]
            x, y = (run.x + pen, run.y) if across else (run.x, run.y + pen)
            yield Character(text, x - left, y + down, run.size)


def page_of_words(
    number: int, characters: Sequence[Character], sheet: Rect, pictures: Sequence[SeenPicture]
) -> PageRecord:
    """A record of one region that says all this; no version of the engine has made it."""
    text = "".join(one.text for one in characters)
    key = f"page-{number}/{REGION}/text"
    items: list[SceneItem] = [Picture(one.rect, one.name, (0, 0, 1, 1), Span("")) for one in pictures]
    items += _runs(characters, key)
    return PageRecord(
        FORMAT,
        "",
        Imprint("", "", 0),
        ScenePage(number, "", "", sheet, 0, {_INK: _BLACK}, (SceneRegion(REGION, KIND, sheet, tuple(items)),)),
        {key: read_at(text, "", 1, 1)},
        (LedgerEntry(key, REGION, "", len(text), len(text), 0, 0, kind="typed"),) if text else (),
        {one.name: PictureRecord(one.sha256) for one in pictures},
        {},
        {},
    )


def _runs(characters: Sequence[Character], key: str) -> Iterator[SceneItem]:
    """Characters one after another on one line."""
    start = 0
    line: list[Character] = []
    for one in characters:
        if line and (abs(one.y - line[0].y) >= _SAME_LINE or one.x < line[-1].x):
            yield _run(line, start, key)
            start += sum(len(each.text) for each in line)
            line = []
        line.append(one)
    if line:
        yield _run(line, start, key)


def _run(line: Sequence[Character], start: int, key: str) -> GlyphRun:
    starts = [start]
    for one in line:
        starts.append(starts[-1] + len(one.text))
    first = line[0]
    return GlyphRun(
        key, "", first.size, 100, _INK, "horizontal", first.x, first.y,
        tuple(ord(one.text[0]) for one in line), tuple(one.x - first.x for one in line), (), tuple(starts),
        "".join(one.text for one in line),
    )  # fmt: skip
