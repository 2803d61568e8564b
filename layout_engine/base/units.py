"""Lengths as the trade writes them (长度), and the one integer unit in which the engine computes.

One point (1/72 inch) is 65,536 su. Everything that decides where ink goes is a whole number of su, so
that equal input gives equal bytes, and "is the measure full?" has a yes-or-no answer.
"""

from fractions import Fraction
from typing import Final

SU_PER_PT: Final = 65_536
_SU_PER_MM: Final = Fraction(72 * 10, 254) * SU_PER_PT  # an inch is 25.4 mm and 72 pt

# 字号: the DTP series (TY-120), in points.
SIZE_NAMES: Final[dict[str, Fraction]] = {
    "初号": Fraction(42),
    "小初": Fraction(36),
    "一号": Fraction(26),
    "小一": Fraction(24),
    "二号": Fraction(22),
    "小二": Fraction(18),
    "三号": Fraction(16),
    "小三": Fraction(15),
    "四号": Fraction(14),
    "小四": Fraction(12),
    "五号": Fraction(21, 2),
    "小五": Fraction(9),
    "六号": Fraction(15, 2),
    "小六": Fraction(13, 2),
    "七号": Fraction(11, 2),
    "八号": Fraction(5),
}

# The metal series (TY-120): points of 0.3515 mm, and other numbers of them for some names.
_METAL_POINT_MM: Final = Fraction(3515, 10000)
_METAL_SIZES: Final[dict[str, Fraction]] = SIZE_NAMES | {
    "一号": Fraction(55, 2),
    "二号": Fraction(21),
    "三号": Fraction(63, 4),
    "四号": Fraction(55, 4),
    "六号": Fraction(63, 8),
    "小六": Fraction(55, 8),
    "七号": Fraction(21, 4),
    "八号": Fraction(9, 2),
}

UNITS: Final = ("mm", "pt", "字", "行")
END: Final = r"$(?!\n)"  # a bare $ also stands before a last line end in Python, and not in JSON Schema
LENGTH_PATTERN: Final = r"^-?[0-9]{1,6}(\.[0-9]{1,6})? ?(mm|pt|字|行)" + END + "|^(" + "|".join(SIZE_NAMES) + ")" + END
_MAX_DIGITS: Final = 12  # a longer number is no length on paper, and big integers cost time


class Length:
    """A length as written: an exact amount and its unit; `su` turns it into su where the em and row are known.

    `字` is one em of the body and `行` one row of the base grid, so both need the page's grid.
    """

    __slots__ = ("amount", "text", "unit")

    def __init__(self, amount: Fraction, unit: str, text: str) -> None:
        self.amount = amount
        self.unit = unit
        self.text = text

    def su(self, em: int = 0, row: int = 0) -> int:
        """This length in su, rounded half up; `em` and `row` in su are what `字` and `行` stand for."""
        scale = {"pt": Fraction(SU_PER_PT), "mm": _SU_PER_MM, "字": Fraction(em), "行": Fraction(row)}[self.unit]
        return round_half_up(self.amount * scale)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Length) and (self.amount, self.unit) == (other.amount, other.unit)

    def __hash__(self) -> int:
        return hash((self.amount, self.unit))

    def __repr__(self) -> str:
        return f"Length({self.text!r})"


class LengthRange:
    """A length that the engine may choose, from `least` to `most`: `30pt..42pt`, or one fixed length."""

    __slots__ = ("least", "most")

    def __init__(self, least: Length, most: Length) -> None:
        self.least = least
        self.most = most

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LengthRange) and (self.least, self.most) == (other.least, other.most)

    def __hash__(self) -> int:
        return hash((self.least, self.most))

    def __repr__(self) -> str:
        return f"LengthRange({self.least!r}, {self.most!r})"


def in_metal(length: Length) -> Length:
    """What a size's name stands for in the metal series; any other length as it is."""
    points = _METAL_SIZES.get(length.text)
    return length if points is None else Length(points * _METAL_POINT_MM, "mm", length.text)


def read_length(text: str) -> Length | None:
    """The length that `text` writes (`10.5pt`, `3字`, `五号`), or None where it writes none."""
    text = text.strip()
    if text in SIZE_NAMES:
        return Length(SIZE_NAMES[text], "pt", text)
    for unit in UNITS:
        if text.endswith(unit):
            number = text[: -len(unit)].strip()
            amount = _read_number(number)
            return None if amount is None else Length(amount, unit, text)
    return None


def pt(points: int | Fraction) -> int:
    """So many points in su."""
    return round_half_up(Fraction(points) * SU_PER_PT)


def mm(millimetres: int | Fraction) -> int:
    """So many millimetres in su."""
    return round_half_up(Fraction(millimetres) * _SU_PER_MM)


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; halves go up, so that the result never depends on its neighbours."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def format_pt(su: int, decimals: int = 4) -> str:
    """`su` as a decimal number of points for a PDF (PR-20: at most 4 decimals), without a trailing zero."""
    scale: int = 10**decimals
    scaled = (su * scale * 2 + SU_PER_PT) // (2 * SU_PER_PT)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), scale)
    return f"{sign}{whole}.{part:0{decimals}d}".rstrip("0").rstrip(".") if part else f"{sign}{whole}"


def format_mm(su: int) -> str:
    """`su` in millimetres with two decimals at most, for people."""
    hundredths = round_half_up(Fraction(su * 100) / _SU_PER_MM)
    sign = "-" if hundredths < 0 else ""
    whole, part = divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{part:02d}".rstrip("0").rstrip(".") if part else f"{sign}{whole}"


def _read_number(text: str) -> Fraction | None:
    digits = text.removeprefix("-").replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MAX_DIGITS:
        return None
    if text.endswith(".") or text.removeprefix("-").startswith("."):
        return None
    return Fraction(text)
