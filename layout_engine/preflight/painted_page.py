"""A page when all of it is painted (整页): for the rules that compare one object with another."""

import msgspec

from layout_engine.preflight.document import PageView
from layout_engine.preflight.painted import Group, Painted


class PaintedPage(msgspec.Struct, frozen=True, eq=False):
    """What stands on a page, in paint order. `cut_short` where that was more than MAX_KEPT.

    `troubled` where a stream of it could not be read as it should.
    """

    view: PageView
    items: tuple[Painted | Group, ...]
    cut_short: bool
    troubled: bool = False
