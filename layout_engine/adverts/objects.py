"""The objects that a page draws with (对象): what of them is taken over, walked within bounds.

What only readers use stays behind wherever it stands: structure, metadata, private data, layers. None of it is ink.
"""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from layout_engine.adverts.limits import MAX_CONTAINERS, BeyondLimitError

# PR-90: no metadata of an advertisement is carried over; PR-08: no layers.
_LEFT_BEHIND: Final = frozenset(
    ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/OC", "/Measure", "/PtData",
     "/AF", "/Parent", "/Thumb")
)  # fmt: skip
# Dictionaries whose keys are names that somebody chose, not words of the format.
_LISTS: Final = frozenset(
    ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs",
     "/Colorants")
)  # fmt: skip
_LAYERS: Final = ("/OCG", "/OCMD")
_CONTAINERS: Final = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)
_DEEPEST_TREE: Final = 50


def kept_items(value: Any, under: str) -> list[tuple[str, Any]]:
    """The entries of a dictionary or stream that are taken over, by name; `under` is the key that it stands under."""
    items = value.stream_dict.items() if isinstance(value, pikepdf.Stream) else value.items()
    drops = frozenset() if under in _LISTS else _LEFT_BEHIND
    named = [(str(key), one) for key, one in items if one is not None]
    return sorted([(key, one) for key, one in named if key not in drops], key=lambda item: item[0])


def is_layer(value: Any) -> bool:
    """Whether this is a layer or a condition on layers."""
    return isinstance(value, pikepdf.Dictionary) and str(value.get("/Type", "")) in _LAYERS


def inherited(page: Any, key: str) -> Any:
    """An attribute of the page, or of what it hangs on (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(_DEEPEST_TREE):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def walk(root: Any, under: str = "") -> Iterator[tuple[str, Any]]:
    """Every dictionary and stream that is taken over with `root`, with the key that it stands under.

    One with a number of its own comes once; a direct one as often as it stands.
    """
    seen: set[tuple[int, int]] = set()
    todo: list[tuple[str, Any]] = [(under, root)]
    for _ in range(MAX_CONTAINERS):
        if not todo:
            return
        key, value = todo.pop()
        if not isinstance(value, _CONTAINERS) or (value.is_indirect and value.objgen in seen):
            continue
        if value.is_indirect:
            seen.add(value.objgen)
        if isinstance(value, pikepdf.Array):
            todo.extend((key, one) for one in reversed(list(value)) if isinstance(one, _CONTAINERS))
        else:
            yield key, value
            todo.extend(reversed(kept_items(value, key)))
    raise BeyondLimitError("objects", MAX_CONTAINERS)
