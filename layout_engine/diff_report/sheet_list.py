"""The list of changes on paper (改动清单): number, place, and the change in its phrase, in columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Lang
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.diff.model import Change, ChangeClass, Side, StoryName
from layout_engine.diff.words import CLASS_WORDS, place_words, what_words
from layout_engine.diff_report.sheet_marks import Numbered
from layout_engine.diff_report.signs import BLACK, COME, GONE, GREY, INK_OF, RADIUS, draw_sign
from layout_engine.faces.face import Face
from layout_engine.scene.items import SceneItem
from layout_engine.scene.plain import plain_width, set_plain

_HEAD, _WHERE, _TEXT, _SMALL = pt(10), pt(8), pt(17) // 2, pt(6)
_HEAD_ROOM, _LINE_ROOM, _SMALL_ROOM, _AFTER = pt(24), pt(12), pt(9), pt(6)
_INDENT: Final = mm(6)
_HAIR: Final = SU_PER_PT // 2
_LONGEST: Final = 160  # characters of a text
_CLOSING: Final = frozenset("，。、；：？！”’）》」』…,.;:?!)")  # never first in a line, TY-04
_TOFU: Final = "〓"


class Letters(msgspec.Struct, frozen=True):
    """The faces of a report, each with those that help out."""

    text: tuple[Face, ...]
    plain: tuple[Face, ...]
    bold: tuple[Face, ...]


class Entry(msgspec.Struct, frozen=True):
    """Something in the list at the origin: its height and what it is made of. `kind`: a heading of that class."""

    height: int
    items: tuple[SceneItem, ...]
    is_heading: bool = False


class _Piece(msgspec.Struct, frozen=True):
    """Words of one look."""

    text: str
    ink: str = BLACK
    look: str = ""  # "gone", "come"


def list_entries(
    changes: Sequence[Numbered], names: dict[str, StoryName], width: int, letters: Letters, lang: Lang
) -> Iterator[Entry]:
    """The entries of the changes, under headings."""
    for kind, group in groupby(changes, key=lambda one: one.change.kind):
        of_class = list(group)
        yield _heading(kind, len(of_class), width, letters, lang)
        for one in of_class:
            yield _entry(one, names, width, letters, lang)


def referral(one: Numbered, page: str, letters: Letters, lang: Lang) -> Entry:
    """Of a change that is marked here and told on the sheet of another page."""
    sign = draw_sign(one.change.kind, one.number, (RADIUS + pt(1), RADIUS + pt(2)), letters.bold)
    text = f"见{page}" if lang == "zh" else f"see {page}"
    runs, _ = set_plain(text, letters.plain, _WHERE, GREY, (_INDENT, _LINE_ROOM))
    return Entry(_LINE_ROOM + _AFTER, (*sign, *runs))


def pack(entries: Sequence[Entry], heights: Iterator[int]) -> Iterator[list[Entry]]:
    """The entries in columns of these heights; a heading is never the last of one."""
    column: list[Entry] = []
    left = next(heights)
    for number, entry in enumerate(entries):
        needed = entry.height
        if entry.is_heading and number + 1 < len(entries):
            needed += entries[number + 1].height
        if column and needed > left:
            yield column
            column, left = [], next(heights)
        column.append(entry)
        left -= entry.height
    if column:
        yield column


def shifted(items: Sequence[SceneItem], dx: int, dy: int) -> Iterator[SceneItem]:
    """The items moved."""
    replace = msgspec.structs.replace
    for item in items:
        if hasattr(item, "rect"):
            rect = item.rect
            yield replace(item, rect=Rect(rect.x + dx, rect.y + dy, rect.width, rect.height))
        else:
            yield replace(item, x=item.x + dx, y=item.y + dy)


def _heading(kind: ChangeClass, count: int, width: int, letters: Letters, lang: Lang) -> Entry:
    zh, en = CLASS_WORDS[kind]
    text = f"{zh}　{count} 处" if lang == "zh" else f"{en[0].upper()}{en[1:]}　{count}"
    runs, _ = set_plain(text, letters.bold, _HEAD, INK_OF[kind], (0, _HEAD_ROOM - pt(7)))
    return Entry(_HEAD_ROOM, (*runs, Rule(Rect(0, _HEAD_ROOM - pt(4), width, _HAIR), INK_OF[kind])), True)


def _entry(one: Numbered, names: dict[str, StoryName], width: int, letters: Letters, lang: Lang) -> Entry:
    change = one.change
    items: list[SceneItem] = [*draw_sign(change.kind, one.number, (RADIUS + pt(1), RADIUS + pt(2)), letters.bold)]
    y, measure = 0, width - _INDENT

    def lines(pieces: Sequence[_Piece], faces: tuple[Face, ...], size: int, room: int) -> None:
        nonlocal y
        for line in _broken(pieces, faces, size, measure):
            y += room
            items.extend(_set(line, faces, size, (_INDENT, y)))

    where = place_words(change.side, names, lang)
    if where:
        lines([_Piece(_cut(where))], letters.bold, _WHERE, _LINE_ROOM)
    phrase = _phrase(change)
    if not phrase or change.op == "move":
        lines([_Piece(_cut(what_words(change, names, lang)))], letters.plain, _WHERE, _LINE_ROOM)
    if phrase:
        lines(phrase, letters.text, _TEXT, _LINE_ROOM)
    span = change.side.span
    if span is not None and span.file:
        lines([_Piece(_cut(str(span)), GREY)], letters.plain, _SMALL, _SMALL_ROOM)
    return Entry(max(y, 2 * RADIUS) + _AFTER, tuple(items))


def _phrase(change: Change) -> list[_Piece]:
    """A change of text within what stands around it."""
    if change.kind != "text":
        return []
    side = change.side
    pieces = [_Piece(_cut(side.before))]
    if change.op in ("delete", "replace"):
        pieces.append(_Piece(_words(change.old), GONE, "gone"))
    if change.op != "delete":
        pieces.append(_Piece(_words(change.new), COME, "come"))
    return [*pieces, _Piece(_cut(side.after))]


def _words(side: Side | None) -> str:
    return _cut(side.text if side is not None else "") or "¶"


def _cut(text: str) -> str:
    """One line of it, and of a long one beginning and end."""
    plain = " ".join(text[: 8 * _LONGEST].split("\n"))
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST * 2 // 3]}……{plain[-_LONGEST // 4 :]}"


def _broken(pieces: Sequence[_Piece], faces: tuple[Face, ...], size: int, measure: int) -> Iterator[list[_Piece]]:
    """Lines of pieces no wider than the measure, but for one or two closing marks, which hang."""
    line: list[_Piece] = []
    width = 0
    for piece in pieces:
        for word in _units(_settable(piece.text, faces)):
            needed = plain_width(word, faces, size)
            hangs = word in _CLOSING and width <= measure + size
            if line and width + needed > measure and not hangs:
                yield line
                line, width = [], 0
            if line and (line[-1].ink, line[-1].look) == (piece.ink, piece.look):
                line[-1] = msgspec.structs.replace(line[-1], text=line[-1].text + word)
            else:
                line.append(_Piece(word, piece.ink, piece.look))
            width += needed
    if line:
        yield line


_LONGEST_WORD: Final = 24


def _units(text: str) -> Iterator[str]:
    """What is not broken: a Chinese character, a word or number in Latin letters."""
    word = ""
    for character in text:
        if character.isascii() and character not in " /" and len(word) < _LONGEST_WORD:
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def _set(line: Sequence[_Piece], faces: tuple[Face, ...], size: int, at: tuple[int, int]) -> Iterator[SceneItem]:
    x, y = at
    for piece in line:
        runs, width = set_plain(piece.text, faces, size, piece.ink, (x, y))
        yield from runs
        if piece.look == "gone":
            yield Rule(Rect(x, y - size * 36 // 100, width, SU_PER_PT * 3 // 4), piece.ink)
        if piece.look == "come":
            yield Rule(Rect(x, y + pt(1), width, SU_PER_PT * 3 // 4), piece.ink)
        x += width


def _settable(text: str, faces: tuple[Face, ...]) -> str:
    """The text with a mark for each character that no face has."""
    return "".join(c if any(face.glyph(ord(c)) for face in faces) else _TOFU for c in text)
