"""What a page's content paints (解释内容流), and with what; and a walk over all objects of a file.

Written from the specification for these tests alone: it shares nothing with the writer.
"""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec
import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)

# ISO 32000-1, annex A, but for inline images, shadings and Type 3 glyphs, which our pages must not have.
OPERATORS: Final = frozenset(
    (
        *(
            "b",
            "B",
            "b*",
            "B*",
            "BDC",
            "BMC",
            "BT",
            "BX",
            "c",
            "cm",
            "CS",
            "cs",
            "d",
            "Do",
            "EMC",
            "ET",
            "EX",
            "f",
            "F",
        ),
        *(
            "f*",
            "G",
            "g",
            "gs",
            "h",
            "i",
            "j",
            "J",
            "K",
            "k",
            "l",
            "m",
            "M",
            "MP",
            "n",
            "q",
            "Q",
            "re",
            "RG",
            "rg",
            "ri",
        ),
        *("s", "S", "SC", "sc", "SCN", "scn", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw"),
        *("Tz", "v", "w", "W", "W*", "y", "'", '"'),
    )
)


class Painted(NamedTuple):
    """One painting operator: what kind, in which colour and state, and where.

    `colour` is the operator's space and components; `glyphs` are codes with their origins; `rects` are x, y, width,
    height on the page; `matrix` is the text's or the image's, on the page.
    """

    kind: str  # text, path, image
    colour: tuple[str, tuple[float, ...]]
    over: bool
    mode: int
    matrix: Matrix
    font: str
    size: float
    width: float  # percent
    codes: tuple[int, ...]
    rects: tuple[tuple[float, float, float, float], ...]
    name: str
    tag: str

    @property
    def em(self) -> float:
        """The type's size on paper."""
        a, b, c, d, _, _ = self.matrix
        return self.size * math.sqrt(abs(a * d - b * c))


class _State(msgspec.Struct):
    matrix: Matrix = IDENTITY
    colour: tuple[str, tuple[float, ...]] = ("g", (0,))
    space: str = ""
    over: bool = False
    mode: int = 0
    font: str = ""
    size: float = 0
    width: float = 100


def interpret(page: pikepdf.Page) -> list[Painted]:
    """Everything that the page paints, in order."""
    states = page.obj.Resources.get("/ExtGState", pikepdf.Dictionary())
    state, stack, tags = _State(), [], [""]
    text: Matrix = IDENTITY
    rects: list[tuple[float, float, float, float]] = []
    found: list[Painted] = []

    def paint(kind: str, codes: tuple[int, ...] = (), name: str = "", matrix: Matrix | None = None) -> None:
        found.append(
            Painted(kind, state.colour, state.over, state.mode, matrix or state.matrix, state.font, state.size,
                    state.width, codes, tuple(rects), name, tags[-1])
        )  # fmt: skip

    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(msgspec.structs.replace(state))
            case "Q":
                state = stack.pop()
            case "cm":
                state.matrix = times(_matrix(operands), state.matrix)
            case "gs":
                about = states[str(operands[0])]
                state.over, state.mode = bool(about.get("/op", state.over)), int(about.get("/OPM", state.mode))
            case "k" | "g" | "rg" as space:
                state.colour = (space, tuple(float(one) for one in operands))
            case "cs":
                state.space = str(operands[0])
            case "scn" | "sc":
                state.colour = (state.space, tuple(float(one) for one in operands))
            case "Tf":
                state.font, state.size = str(operands[0]), float(operands[1])
            case "Tz":
                state.width = float(operands[0])
            case "Tm":
                text = _matrix(operands)
            case "Tj" | "TJ" as shown:
                pieces = operands if shown == "Tj" else operands[0]
                paint("text", tuple(_codes(pieces)), matrix=times(text, state.matrix))
            case "re":
                x, y, width, height = (float(one) for one in operands)
                rects.append((x, y, width, height))
            case "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*":
                paint("path")
                rects.clear()
            case "n":
                rects.clear()
            case "Do":
                paint("image", name=str(operands[0]))
            case "BMC" | "BDC":
                tags.append(str(operands[0]) if str(operator) == "BMC" else tags[-1])
            case "EMC":
                tags.pop()
    return found


def _codes(pieces: pikepdf.Object) -> Iterator[int]:
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            data = bytes(piece)
            yield from (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))


def _matrix(operands: pikepdf.Object) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def everything(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and array of the file, streams as dictionaries too, however deep."""
    for one in (pdf.trailer, *pdf.objects):
        yield from _inside(one)


def _inside(one: object) -> Iterator[pikepdf.Object]:
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        values: Iterator[object] = (value for _, value in one.items())
    elif isinstance(one, pikepdf.Array):
        yield one
        values = iter(list(one))
    else:
        return
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _inside(value)


def names_in(pdf: pikepdf.Pdf) -> set[str]:
    """Every key and every name that stands as a value."""
    found = set()
    for one in everything(pdf):
        if isinstance(one, pikepdf.Array):
            values: list[object] = list(one)
        else:
            found |= set(one.keys())
            values = [value for _, value in one.items()]
        found |= {str(value) for value in values if isinstance(value, pikepdf.Name)}
    return found


def streams(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
