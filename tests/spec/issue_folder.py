"""A small sound issue in a temporary folder, with single files replaced."""

import shutil
from pathlib import Path

from layout_engine.base.diagnostics import Outcome
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec, PageSpec, Region

BASE = Path(__file__).parents[1] / "cases" / "spec" / "_base"
ROLES = frozenset(("song", "song-heavy", "hei", "hei-bold", "kai", "fangsong", "latin"))
PAGE = "2024-05-21/pages/01.yaml"
HOUSE = "house/paper.yaml"
ISSUE = "2024-05-21/issue.yaml"


def read_with(folder: Path, files: dict[str, str | bytes] | None = None) -> Outcome[IssueSpec]:
    """What reading finds where these files replace those of the base issue."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name, text in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_issue(folder / "2024-05-21", roles=ROLES)


def page_with(folder: Path, *regions: str, more: str = "") -> PageSpec:
    """A sound page of these regions."""
    listed = "".join(f"  - {region}\n" for region in regions)
    outcome = read_with(folder, {PAGE: f"page: 1\nname: 要闻\nformat: tabloid\n{more}regions:\n{listed}"})
    assert outcome.diagnostics == (), [one.message("en") for one in outcome.diagnostics]
    assert outcome.value is not None
    return outcome.value.pages[0]


def region_of(page: PageSpec, name: str) -> Region:
    """The region of that id."""
    return next(region for region in page.regions if region.id == name)
