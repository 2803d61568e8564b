"""What may not stand at a line's edge, and what may not be divided (避头尾与不可分), told by the standard alone.

Nothing here is taken from the engine: the lists are those of TY-30 and TY-31, and the units of TY-36 are found by
expressions of their own.
"""

import re
from collections.abc import Iterator
from typing import Final

_STOPS: Final = "。．？！‼⁇⁈⁉"
_PAUSES: Final = "，、；："
_CLOSES: Final = "”’」』）〕］｝》〉】〗"
_OPENS: Final = "“‘「『（〔［｛《〈【〖"
_CONNECTS: Final = "～〜"
_POSTFIXES: Final = "%％‰°℃℉′″￠¢"
_BASIC_FIRST: Final = f"{_STOPS}{_PAUSES}{_CLOSES}·‧・{_CONNECTS}{_POSTFIXES}々〻"
_SOLIDUS: Final = "/／"

NEVER_FIRST: Final = {
    "basic": _BASIC_FIRST,
    "gb": f"{_BASIC_FIRST}{_SOLIDUS}",
    "strict": f"{_BASIC_FIRST}{_SOLIDUS}—…⋯⸺",
}  # TY-30; - ‐ – and a single — by `connector_first`
NEVER_LAST: Final = {"basic": _OPENS, "gb": f"{_OPENS}{_SOLIDUS}", "strict": f"{_OPENS}{_SOLIDUS}"}  # TY-31

_UNIT: Final = re.compile(
    r"""
    ——|……|⋯⋯                                         # a
    |[？！]{2,}                                        # b
    |(?:[￥$€£±+№]|(?<![A-Za-z0-9])-(?=[0-9]))?                                       # e
     (?:[A-Za-z0-9]+(?:[’'][A-Za-z]+)?)                # c, h
     (?:[.,:∶+-](?=[0-9])[A-Za-z0-9]+)*                # d, g
     [%％‰℃℉°]?                                        # f
    """,
    re.VERBOSE,
)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9]+(?:[-./@:?=&#_]+[A-Za-z0-9]+)+/?")


def units(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each unit of TY-36 reaches."""
    for found in _UNIT.finditer(text):
        if len(found.group()) > 1:
            yield found.span()


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """URLs, addresses and words with hyphens, inside which a line may end by TY-37."""
    for found in _ADDRESS.finditer(text):
        yield found.span()


def forbidden_first(text: str, at: int, level: str = "gb") -> bool:
    """Whether a line that begins at `at` begins with what TY-30 forbids."""
    here, after = text[at], text[at + 1 : at + 2]
    if here == "—":  # the pair may begin a line below strict, a single one is a connector
        single = after != "—" and text[at - 1 : at] != "—"
        return level == "strict" or single
    if here in "-‐–":
        before = text[at - 1 : at]
        return not (after.isdigit() and not (before.isascii() and before.isalnum()))  # else a sign, TY-36 e
    return here in NEVER_FIRST[level]


def forbidden_last(text: str, end: int, level: str = "gb") -> bool:
    """Whether a line that ends before `end` ends with what TY-31 forbids."""
    here, after = text[end - 1], text[end : end + 1]
    return here in NEVER_LAST[level] or (here in "￥¥$€£№±+" and after.isdigit())
