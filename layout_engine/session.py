"""A process that builds an issue again and again (常驻): what did not change is not done again.

session = Session("issues/2024-05-21")
session.build()          # as a cold build
...                      # somebody changes a word
session.build()          # only what hangs on that word
"""

from os import PathLike
from pathlib import Path

from layout_engine.base.recall import Recall
from layout_engine.pipeline import Build, build
from layout_engine.places import find_places


class Session:
    """One issue, built as often as wanted; each build gives the same bytes as a cold one would."""

    def __init__(
        self,
        issue_dir: "str | PathLike[str]",
        *,
        profile: str | None = None,
        out: "str | PathLike[str] | None" = None,
        fonts: "str | PathLike[str] | None" = None,
    ) -> None:
        """The parameters are those of `layout_engine.build`."""
        self._issue_dir = Path(issue_dir)
        self._profile = profile
        self._places = find_places(
            self._issue_dir, fonts=Path(fonts) if fonts else None, output=Path(out) if out else None
        )
        self._recall = Recall()

    def build(self, page: int | None = None) -> Build:
        """The issue, or its page number `page`, as it is on the disk now."""
        built = build(self._issue_dir, self._places, profile=self._profile, only=page, recall=self._recall)
        self._recall.forget_unused()  # pages that were not asked for now are set anew when they are
        return built
