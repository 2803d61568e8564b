"""What a warm process need not do twice (复用): the last result of each piece of work, with what it was made from.

Nothing is ever reused on trust: a result stands for its work only while everything that it was made from is equal
to what it would be made from now. A process that builds once has an empty memory and pays nothing for it.
"""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from layout_engine.base.diagnostics import Outcome, has_errors

T = TypeVar("T")


def on_disk(path: Path) -> tuple[int, int, int] | None:
    """A file as it lies on the disk, without reading it: its size and when it was last written and changed (ns).

    A copy may bring the time of its writing along, but nobody can set the time at which the file itself changed.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Recall:
    """One remembered result for each name; `forget_unused` drops those that the last build did not ask for."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Any, Any, Any]] = {}
        self._asked: set[Hashable] = set()

    def get(
        self,
        name: Hashable,
        made_from: Any,
        make: Callable[[], T],
        look: Callable[[T], Any] | None = None,
    ) -> T:
        """The result called `name`: remembered if it was made from the same values, else made now.

        `look` tells what lies on the disk behind a result (its files as they are now): if that is not what it was
        when the result was made, the result is made again. So it is where it has an error: what would mend that may
        be a file that was not there to be looked at.
        """
        self._asked.add(name)
        if name in self._kept:
            kept_from, seen, kept = self._kept[name]
            if kept_from == made_from and (look is None or look(kept) == seen):
                result: T = kept
                return result
        result = make()
        if look is not None and isinstance(result, Outcome) and has_errors(result.diagnostics):
            self._kept.pop(name, None)
        else:
            self._kept[name] = (made_from, look(result) if look else None, result)
        return result

    def forget_unused(self) -> None:
        """Drop every result that was not asked for since the last call."""
        self._kept = {name: kept for name, kept in self._kept.items() if name in self._asked}
        self._asked = set()
