"""An advertiser's page as it was found (来件): its size, what is inside that a press cares about, its objects."""

from typing import Final, Literal

import msgspec

BOXES: Final = {"media": "MediaBox", "crop": "CropBox", "bleed": "BleedBox", "trim": "TrimBox", "art": "ArtBox"}

# What a fact is about; judging.py says for each what a profile makes of it.
FactKind = Literal[
    "version",
    "rgb",
    "managed-colour",
    "spot",
    "all-inks",
    "transparency",
    "filter",
    "deep-samples",
    "opentype-font",
    "ink",
    "resolution",
    "line-art",
    "condition",
    "rich-black-text",
    "small-type",
    "hairline",
    "white-overprint",
    "black-knock-out",
    "picture-ink",
    "picture-black",
    "picture-unmeasured",
    "profile-ignored",
]

# Facts that follow from the numbers of colours, and so are those of the converted ones where any were converted.
OF_COLOUR: Final[frozenset[FactKind]] = frozenset(("ink", "rich-black-text", "white-overprint", "black-knock-out"))


class Fact(msgspec.Struct, frozen=True):
    """One thing that is inside: what it is in words, and its worst measure in the unit of its kind."""

    kind: FactKind
    what: str = ""
    measure: int = 0


class Frame(msgspec.Struct, frozen=True):
    """The box of a page in its own units (su), as one sees it: turned by `turn` degrees, `unit` thousandths a point."""

    left: int
    bottom: int
    right: int
    top: int
    turn: Literal[0, 90, 180, 270] = 0
    unit: int = 1000

    @property
    def width(self) -> int:
        """How wide one sees it, in su."""
        return self._seen(self.right - self.left if self.turn % 180 == 0 else self.top - self.bottom)

    @property
    def height(self) -> int:
        """How high one sees it, in su."""
        return self._seen(self.top - self.bottom if self.turn % 180 == 0 else self.right - self.left)

    def _seen(self, length: int) -> int:
        return length * self.unit // 1000


class Advert(msgspec.Struct, frozen=True):
    """广告来件: one page of a PDF that may be placed. `file` is as seen from the issue's folder."""

    file: str
    sha256: str
    page: int  # from 1
    box: str  # a key of BOXES
    frame: Frame
    facts: tuple[Fact, ...]
    live: bool  # something is transparent; where nothing is, its groups stay behind


class CopiedObject(msgspec.Struct, frozen=True, array_like=True):
    """An object as PDF syntax; a number among the `parts` is the place of another object, to be referred to."""

    parts: tuple[bytes | int, ...]
    stream: bytes | None = None


class CopiedForm(msgspec.Struct, frozen=True, array_like=True):
    """A page as a Form XObject: its objects, the form first. `live`: it needs a page that composites in CMYK.

    `facts` are those of its pictures and, where colours were converted, of the colours that it prints in.
    """

    objects: tuple[CopiedObject, ...]
    live: bool
    changes: tuple[tuple[str, int], ...] = ()  # colours that were converted, by what they are in
    facts: tuple[Fact, ...] = ()
    spots: tuple[str, ...] = ()  # inks that it prints in beside the four


class Choice(msgspec.Struct, frozen=True):
    """What is converted: RGB or not, and every spot but the house's own."""

    rgb: bool
    kept: frozenset[str]  # spots that are printed


NOTHING: Final = Choice(rgb=False, kept=frozenset())


def advert_key(file: str, page: int | None, box: str | None) -> str:
    """By what an advertisement is known: pages of one key are the same page."""
    return f"{file}#{page or ''}#{box or ''}"
