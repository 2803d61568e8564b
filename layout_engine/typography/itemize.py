"""Which kind is each character here, and which stretches of the text go to one face and script (分段)?

Some characters are what their neighbours make them: a quotation mark is full width unless it stands inside a
western phrase (TY-02), two dashes are one 破折号, a hyphen may join a telephone number or two Chinese words.
"""

from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.content.model import Part
from layout_engine.faces.face import Face
from layout_engine.faces.fallback import FaceChain, Faces
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography import classes as k
from layout_engine.typography.classes import KindTable, kind_table

_ALNUM: Final = frozenset((k.LETTER, k.DIGIT))
# What may stand beside a quotation mark inside a western phrase (TY-02): letters, digits, ASCII marks.
_WESTERN: Final = frozenset(
    (
        k.LETTER, k.DIGIT, k.WESTERN_OPEN, k.WESTERN_CLOSE, k.WESTERN_MARK, k.PREFIX, k.POSTFIX, k.HYPHEN_OWN,
        k.GLUE, k.WORD_HYPHEN,
    )
)  # fmt: skip
_AMBIGUOUS: Final = frozenset(
    (
        k.OPEN, k.CLOSE, k.LONG, k.ELLIPSIS, k.HYPHEN_OWN, k.SOLIDUS, k.PREFIX, k.PREFIX_CELL,
        k.WESTERN_CLOSE, k.WESTERN_MARK,
    )
)  # fmt: skip
_QUOTES: Final = frozenset("“”‘’")
_PAIRED: Final = {"—": (k.DASH, k.DASH_TAIL), "…": (k.ELLIPSIS, k.ELLIPSIS_TAIL), "⋯": (k.ELLIPSIS, k.ELLIPSIS_TAIL)}
_BETWEEN_DIGITS: Final = frozenset(".,:∶+-×/~'")  # TY-36 d, g
_SHORTEST_HYPHENATED: Final = 3  # TY-37: a shorter part stays with its word
_FACELESS: Final = frozenset((k.SPACE, k.CELL_SPACE, k.FIXED_SPACE, k.NEWLINE, k.BREAK_HERE, k.INVISIBLE))
_EDGE: Final = -1  # the kind before the first character and after the last


class Run(msgspec.Struct, frozen=True):
    """Characters `start` up to `end` in one face and one script."""

    start: int
    end: int
    face: Face
    latin: bool


class Itemized(msgspec.Struct, frozen=True):
    """The kinds of a part's characters, one byte each, and its runs, which tile it."""

    kinds: bytes
    runs: tuple[Run, ...]


def itemize(part: Part, style: TextStyle, faces: Faces, findings: Findings) -> Itemized:
    """Kinds and runs of a part; a character that no face has is reported and left to the role's first face."""
    table = kind_table()
    kinds = resolve(part.text, table.classify(part.text))
    chosen = _choose_faces(part, style, faces, kinds, findings)
    return Itemized(bytes(kinds), tuple(_runs(kinds, chosen, table)))


def resolve(text: str, kinds: bytearray) -> bytearray:
    """`kinds` with every character that depends on its neighbours decided."""
    last = len(text) - 1
    for i, kind in enumerate(kinds):
        if kind not in _AMBIGUOUS:
            continue
        before = kinds[i - 1] if i else _EDGE
        after = kinds[i + 1] if i < last else _EDGE
        c = text[i]
        if kind in (k.OPEN, k.CLOSE):
            if c in _QUOTES:
                kinds[i] = _quote(text, kinds, i)
        elif c in _PAIRED:
            if i < last and text[i + 1] == c:
                kinds[i], kinds[i + 1] = _PAIRED[c]  # the tail is not met again: its kind is decided
        elif before == k.DIGIT and after == k.DIGIT and c in _BETWEEN_DIGITS:
            kinds[i] = k.GLUE
        elif kind == k.HYPHEN_OWN:
            kinds[i] = _hyphen(kinds, i, before, after)
        elif kind == k.PREFIX:
            if after != k.DIGIT:
                kinds[i] = k.WESTERN_MARK
            elif before in _ALNUM:
                kinds[i] = k.GLUE
        elif kind == k.PREFIX_CELL:
            if after != k.DIGIT:
                kinds[i] = k.HAN
        elif kind == k.SOLIDUS and before in _WESTERN and _after_solidi(kinds, i) in _WESTERN:
            kinds[i] = k.WESTERN_MARK
    return kinds


def _quote(text: str, kinds: bytearray, at: int) -> int:
    """TY-02: full width, unless both neighbours are western; ’ between letters always belongs to the word."""
    before = _neighbour(kinds, at, -1)
    after = _neighbour(kinds, at, 1)
    if before not in _WESTERN or after not in _WESTERN:
        return kinds[at]
    if text[at] == "’" and kinds[at - 1] in _ALNUM and kinds[at + 1] in _ALNUM:
        return k.GLUE
    return k.WESTERN_OPEN if kinds[at] == k.OPEN else k.WESTERN_CLOSE


def _neighbour(kinds: bytearray, at: int, step: int) -> int:
    at += step
    if 0 <= at < len(kinds) and kinds[at] == k.SPACE:
        at += step
    return kinds[at] if 0 <= at < len(kinds) else _EDGE


def _after_solidi(kinds: bytearray, at: int) -> int:
    """The kind behind a / or the two of http://."""
    while at < len(kinds) and kinds[at] == k.SOLIDUS:
        at += 1
    return kinds[at] if at < len(kinds) else _EDGE


def _hyphen(kinds: bytearray, at: int, before: int, after: int) -> int:
    """What a short hyphen is between these neighbours: TY-16, TY-36 e and g, TY-37."""
    if before in _ALNUM and after in _ALNUM:
        if before == after == k.LETTER and _word_parts(kinds, at):
            return k.WORD_HYPHEN
        return k.GLUE
    if after == k.DIGIT:
        return k.PREFIX
    if before in _WESTERN or after in _WESTERN:
        return k.WESTERN_MARK if before in _WESTERN and after in _WESTERN else k.HYPHEN_OWN
    return k.HYPHEN


def _word_parts(kinds: bytearray, at: int) -> bool:
    """Whether at least three letters stand on either side."""
    low, high = at - _SHORTEST_HYPHENATED, at + 1 + _SHORTEST_HYPHENATED
    letters = kinds[max(low, 0) : at] + kinds[at + 1 : high]
    return len(letters) == 2 * _SHORTEST_HYPHENATED and set(letters) == {k.LETTER}


def _choose_faces(
    part: Part, style: TextStyle, faces: Faces, kinds: bytearray, findings: Findings
) -> Face | list[Face]:
    """The face of each character, or the one face of them all."""
    roles = {"emphasis": style.emphasis, "strong": style.strong}
    chain = faces.chain(style.face)
    if not part.emphasis and all(chain.face_for(c) is chain.faces[0] for c in set(part.text) - _faceless(kinds, part)):
        return chain.faces[0]
    chosen = [chain.faces[0]] * len(kinds)
    chains = [chain] * len(kinds)
    for emphasis in part.emphasis:
        other = faces.chain(roles[emphasis.strength])
        chains[emphasis.start : emphasis.end] = [other] * (emphasis.end - emphasis.start)
    for start, end in _units(kinds):
        chosen[start:end] = [_face_of(part, start, end, chains[start], findings, kinds)] * (end - start)
    return chosen


def _faceless(kinds: bytearray, part: Part) -> set[str]:
    """The spaces of the text, which no face need have. Combining marks and selectors are asked for with their base."""
    if k.INVISIBLE in kinds:
        return set()
    return {c for c, kind in zip(part.text, kinds, strict=True) if kind in _FACELESS}


def _units(kinds: bytearray) -> Iterator[tuple[int, int]]:
    """Each character with the marks and selectors that follow it."""
    start = 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or kinds[end] != k.INVISIBLE:
            yield start, end
            start = end


def _face_of(part: Part, start: int, end: int, chain: FaceChain, findings: Findings, kinds: bytearray) -> Face:
    if kinds[start] in _FACELESS:
        return chain.faces[0]
    text = part.text[start:end]
    face = chain.face_for(text) or chain.face_for(normalize("NFC", text))  # shaping composes é of e and its accent
    if face is None and end > start + 1 and all(map(_is_selector, text[1:])):
        face = chain.face_for(text[0])
        if face is not None:
            shown = " ".join(f"U+{ord(c):04X}" for c in text)
            findings.add("type/no-variant", part.copy.span(start), text=text[0], codepoints=shown, face=face.key)
            return face
    if face is not chain.faces[0]:
        finding = chain.finding(text if face is chain.face_for(text) else normalize("NFC", text), part.copy.span(start))
        findings.extend((finding,) if finding is not None else ())
    return face or chain.faces[0]


def _is_selector(c: str) -> bool:
    return "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"


def _runs(kinds: bytearray, chosen: Face | list[Face], table: KindTable) -> Iterator[Run]:
    """Maximal stretches of one face and one script; marks and selectors stay with what they follow."""
    latin = bytearray(kinds.translate(table.latin))
    at = kinds.find(k.INVISIBLE)
    while at >= 0:
        latin[at] = latin[at - 1] if at else 0
        at = kinds.find(k.INVISIBLE, at + 1)
    start, count = 0, len(kinds)
    while start < count:
        end = latin.find(1 - latin[start], start)
        end = count if end < 0 else end
        if isinstance(chosen, list):
            face = chosen[start]
            end = next((i for i in range(start, end) if chosen[i] is not face), end)
        else:
            face = chosen
        end = _end_of_dashes(kinds, start, end)
        yield Run(start, end, face, latin[start] == 1)
        start = end


def _end_of_dashes(kinds: bytearray, start: int, end: int) -> int:
    """Where dashes run on, each —— is shaped by itself: faces join three and more into one stroke (TY-13)."""
    tail = kinds.find(k.DASH_TAIL, start, end)
    while 0 <= tail < end - 1:
        if kinds[tail + 1] in (k.DASH, k.LONG):
            return tail + 1
        tail = kinds.find(k.DASH_TAIL, tail + 1, end)
    return end
