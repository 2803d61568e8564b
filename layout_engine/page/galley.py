"""What of a story was shaped and set before, for one who sets it again and again with little changed (小样复用).

A page that is set once has no galley and pays nothing. A result is used again only for the very part, or the very
shaped paragraph, that it was made from: parts are frozen, so that the same part is the same text.
"""

from collections.abc import Callable

from layout_engine.base.diagnostics import Diagnostic, Findings
from layout_engine.content.model import Part
from layout_engine.page.pour import Settings
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography.model import FittedHeadline, ShapedParagraph


class Galley:
    """Every part's shaping, with what was found on the way, and the settings of its lines."""

    def __init__(self) -> None:
        # by a part's identity: it is kept beside its shaping, so that no other part can come to have the same
        self._shaped: dict[int, tuple[Part, TextStyle, ShapedParagraph, tuple[Diagnostic, ...]]] = {}
        self._fitted: dict[tuple[int, int], tuple[Part, TextStyle, str, FittedHeadline, tuple[Diagnostic, ...]]] = {}
        self.settings = Settings()

    def shaped(
        self, part: Part, style: TextStyle, make: Callable[[Findings], ShapedParagraph], findings: Findings
    ) -> ShapedParagraph:
        """The part shaped in this style: as it was, or by `make`. What was found is told each time."""
        kept = self._shaped.get(id(part))
        if kept is None or kept[1] != style:
            found = Findings()
            kept = part, style, make(found), found.all()
            self._shaped[id(part)] = kept
        findings.extend(kept[3])
        return kept[2]

    def fitted(
        self,
        part: Part,
        style: TextStyle,
        room: int,
        direction: str,
        make: Callable[[Findings], FittedHeadline],
        findings: Findings,
    ) -> FittedHeadline:
        """A headline fitted to so much room: as it was, or by `make`. What was found is told each time."""
        kept = self._fitted.get((id(part), room))
        if kept is None or kept[1:3] != (style, direction):
            found = Findings()
            kept = part, style, direction, make(found), found.all()
            self._fitted[id(part), room] = kept
        findings.extend(kept[4])
        return kept[3]
