"""One rule of the standard as a function (规则): what it looks at, under which number, for which kinds of file."""

from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias

import msgspec

from layout_engine.preflight.findings import Standard

# What a rule's function is called with: the document, a page, a dictionary or array (`Met`), something painted, a
# group, trouble in a stream or a stream that was read, a page when all of it is painted, a font.
Sees: TypeAlias = Literal[
    "document", "page", "object", "text", "path", "image", "shading", "group", "trouble", "content", "painted page",
    "font",
]  # fmt: skip

ALWAYS: Final[frozenset[Standard]] = frozenset(("X4", "X1a", "proof"))
PRESS: Final[frozenset[Standard]] = frozenset(("X4", "X1a"))
X4: Final[frozenset[Standard]] = frozenset(("X4",))
X1A: Final[frozenset[Standard]] = frozenset(("X1a",))


class Rule(msgspec.Struct, frozen=True):
    """A check: `number` as in the standard for print, `check(subject, found)` tells what it finds."""

    number: str
    sees: Sees
    check: Callable[[Any, Any], None]
    holds: frozenset[Standard] = ALWAYS
