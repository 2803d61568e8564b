"""Where a build reads its faces and leaves its work (目录): found from the issue's folder, or named by the user."""

import os
from pathlib import Path

import msgspec

from layout_engine.faces.catalog import find_fonts

_ISSUES = "issues"
REVISIONS = "revisions"


class Places(msgspec.Struct, frozen=True):
    """The folders of a build. `cache` holds what need not be made twice and may be deleted at any time.

    Pages go to `output`; where `dated`, to a folder of the issue's date in it.
    """

    fonts: Path
    output: Path
    dated: bool
    cache: Path | None

    def output_of(self, date: str) -> Path:
        """Where the pages of the issue of `date` (2024-05-21) go."""
        return self.output / date if self.dated else self.output

    def revisions_of(self, date: str) -> Path:
        """Where the revisions of the issue of `date` are kept."""
        return self.output_of(date) / REVISIONS


def find_places(
    issue_dir: Path, *, fonts: Path | None = None, output: Path | None = None, caching: bool = True
) -> Places:
    """The places of an issue: `fonts/` and `output/<date>/` beside the `issues/` folder that holds it.

    An issue that lies in no `issues/` folder is written to `output/<date>/` where the command was given. A user's
    own `output` takes the pages as it is.
    """
    real = Path(os.path.abspath(issue_dir))
    home = real.parent.parent if real.parent.name == _ISSUES else Path.cwd()
    root = output or home / "output"
    return Places(fonts or find_fonts(home / "fonts"), root, output is None, root / ".cache" if caching else None)
