"""The colours that a gradient passes through (渐变): so that its ink can be measured as that of flat colours is."""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from layout_engine.adverts.colours import Colour, Space
from layout_engine.adverts.limits import WRONG_KIND, BeyondLimitError
from layout_engine.adverts.objects import walk
from layout_engine.adverts.tints import tint_function

_STEPS: Final = 64
# What is looked into for each: real gradients are two or three numbers, or some hundred bytes of samples.
_MOST_PARTS: Final = 100
_MOST_PACKED: Final = 20_000  # bytes
_CALCULATOR: Final = 4
# What functions that are none fail with: such a gradient draws nothing that could be relied on.


def colours_of(shading: Any, space: Space) -> Iterator[Colour]:
    """Steps of a shading along one way (axial, radial).

    Meshes, whose colours lie in their data, give none, and neither do functions that are costly to follow: the ink
    of these is seen on the plates alone.
    """
    try:
        if "/Background" in shading:
            yield Colour(space, tuple(float(one) for one in shading["/Background"]))
        if "/Function" not in shading or not _is_small(shading["/Function"]):
            return
        low, high = (float(one) for one in shading.get("/Domain", [0, 1]))
        function = tint_function(shading["/Function"])
        for step in range(_STEPS + 1):
            yield Colour(space, tuple(function([low + (high - low) * step / _STEPS])))
    except (BeyondLimitError, *WRONG_KIND):
        return


def _is_small(function: Any) -> bool:
    packed = 0
    for number, (_, part) in enumerate(walk(function)):
        packed += len(part.read_raw_bytes()) if isinstance(part, pikepdf.Stream) else 0
        if number >= _MOST_PARTS or packed > _MOST_PACKED or int(part.get("/FunctionType", 0)) == _CALCULATOR:
            return False
    return True
