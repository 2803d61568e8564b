"""A few words beside the page (版外文字): characters side by side, as they come, without the rules of setting."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from layout_engine.faces.face import NO_GLYPH, Face
from layout_engine.scene.items import GlyphRun

_FULL_WIDTH = 100


def set_plain(
    text: str, faces: Sequence[Face], size: int, ink: str, at: tuple[int, int], key: str = "sheet"
) -> tuple[tuple[GlyphRun, ...], int]:
    """The runs of `text` from the point `at` on its baseline, and their width in su.

    Each character is in the first of the faces that has it; one that none has is left out.
    """
    x, y = at
    runs = []
    for face, characters in _by_face(text, faces):
        run = _run(characters, face, size, ink, (x, y), key)
        runs.append(run)
        x += run.pens[-1] + _advance(face, run.gids[-1], size)
    return tuple(runs), x - at[0]


def plain_width(text: str, faces: Sequence[Face], size: int) -> int:
    """How wide `set_plain` would make it."""
    return sum(_advance(face, face.glyph(ord(c)), size) for face, part in _by_face(text, faces) for c in part)


def _by_face(text: str, faces: Sequence[Face]) -> Iterator[tuple[Face, str]]:
    chosen = [(next((face for face in faces if face.glyph(ord(c)) != NO_GLYPH), None), c) for c in text]
    for face, group in groupby(chosen, key=lambda one: one[0]):
        if face is not None:
            yield face, "".join(c for _, c in group)


def _run(text: str, face: Face, size: int, ink: str, at: tuple[int, int], key: str) -> GlyphRun:
    gids = tuple(face.glyph(ord(c)) for c in text)
    pens, pen = [], 0
    for gid in gids:
        pens.append(pen)
        pen += _advance(face, gid, size)
    starts = tuple(range(len(text) + 1))
    return GlyphRun(
        key, face.key, size, _FULL_WIDTH, ink, "horizontal", at[0], at[1], gids, tuple(pens), (), starts, text
    )


def _advance(face: Face, gid: int, size: int) -> int:
    return int(face.hb_font.get_glyph_h_advance(gid)) * size // face.upem
