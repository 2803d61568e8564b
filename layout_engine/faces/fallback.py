"""Which face of a role sets this character? The first of its chain that has it (字体回退), never in silence.

Three things can happen beside the plain one. A face may be kept from some characters by rule (Kai's
quotation marks come from Song): that is house style, and nothing is said. A later face may have to help
out: that is noted. No face may have the character: that is an error, and the proof shows a marked box.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from layout_engine.base.diagnostics import Diagnostic, Span, diagnose
from layout_engine.faces.face import NO_GLYPH, Face

# Characters without a mark of their own, which need no glyph: soft hyphen, zero-width space, joiners, word
# joiner.
_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_AS_TEXT: Final = "\ufe0e"  # asks for the plain form, which is the only one that we have
_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))) - {_AS_TEXT}


class FaceChain:
    """A role's faces, in the order in which they are asked."""

    def __init__(self, role: str, title: str, faces: tuple[Face, ...], absent: tuple[str, ...] = ()) -> None:
        """`absent` names the Python packages with further faces of the chain that are not installed."""
        self.role: Final = role
        self.title: Final = title
        self.faces: Final = faces
        self.absent: Final = absent
        self._asked: dict[str, Face | None] = {}

    def __repr__(self) -> str:
        return f"FaceChain({self.role!r}, {self.faces!r})"

    def face_for(self, text: str) -> Face | None:
        """The face that sets `text`, one character with whatever marks and selectors follow it, or None."""
        try:
            return self._asked[text]
        except KeyError:
            found = self._asked[text] = next((face for face in self.faces if _sets(face, text)), None)
            return found

    def finding(self, text: str, span: Span) -> Diagnostic | None:
        """What is to be said of `text` in this role: it cannot be set, another face helps out, or nothing.

        Values: the characters, their code points, the role's title, the faces asked.
        """
        face = self.face_for(text)
        if face is not None and (face is self.faces[0] or self._is_rule(text, face)):
            return None
        code = "face/missing-character"
        if face is not None:
            code = "face/rare-character" if face.rare else "face/other-face"
        return diagnose(
            code,
            span,
            text=text,
            codepoints=" ".join(f"U+{ord(c):04X}" for c in text),
            role=self.title,
            face=face.key if face is not None else "",
            chain=" → ".join(one.key for one in self.faces),
            package=", ".join(self.absent),
        )

    def _is_rule(self, text: str, chosen: Face) -> bool:
        """Whether every face before the chosen one was passed over by rule alone."""
        before = self.faces[: self.faces.index(chosen)]
        return all(not face.not_for.isdisjoint(text) for face in before)


class Faces:
    """The faces of an issue, opened: the chain of each role in use."""

    def __init__(self, chains: Iterable[FaceChain]) -> None:
        self._chains: Final[Mapping[str, FaceChain]] = {chain.role: chain for chain in chains}
        self._faces: Final[Mapping[str, Face]] = {
            face.key: face for chain in self._chains.values() for face in chain.faces
        }

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that were opened."""
        return tuple(self._chains)

    def chain(self, role: str) -> FaceChain:
        """The chain of a role that was asked for when opening; another is a KeyError, the caller's bug."""
        return self._chains[role]

    def face(self, key: str) -> Face:
        """An opened face by its key in fonts.yaml."""
        return self._faces[key]

    def all(self) -> tuple[Face, ...]:
        """Every opened face, in the order of the roles and their chains."""
        return tuple(self._faces.values())


def _sets(face: Face, text: str) -> bool:
    if face.not_for and not face.not_for.isdisjoint(text):
        return False
    if len(text) == 1:
        return text in _INVISIBLE or face.glyph(ord(text)) != NO_GLYPH
    before = ""
    for c in text:
        if c in _SELECTORS:
            if not before or not face.has_variant(ord(before), ord(c)):
                return False
        elif c not in _INVISIBLE and c != _AS_TEXT and face.glyph(ord(c)) == NO_GLYPH:
            return False
        before = c
    return True
