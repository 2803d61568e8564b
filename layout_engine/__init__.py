"""A layout engine for Chinese newspapers: from a page spec in YAML and articles to a print-ready PDF.

    import layout_engine
    built = layout_engine.build("issues/2024-05-21")
    for page in built.pages:
        print(page.pdf, page.sha256)

Read first: pipeline.py, the stages in their order.
"""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from layout_engine.base.version import VERSION

if TYPE_CHECKING:
    from layout_engine.pipeline import Build

__version__ = VERSION


def build(
    issue_dir: "str | PathLike[str]",
    *,
    page: int | None = None,
    profile: str | None = None,
    out: "str | PathLike[str] | None" = None,
    fonts: "str | PathLike[str] | None" = None,
    caching: bool = True,
    verify: bool = False,
    final: bool = False,
    replaces: "str | PathLike[str] | None" = None,
) -> "Build":
    """The issue in `issue_dir` as PDFs, or only its page number `page`; the same as `layout-engine build`.

    `profile` is the printer's (the house's own if None), `out` the folder for the pages (`output/<date>` beside
    `issues/` if None); with `verify` another library reads each page back before it is written. A `final` is
    what the printer may get, and `replaces` the PDF that its one page takes the place of (pipeline.py says more).
    Never raises for what a user wrote: look at `Build.diagnostics`.
    """
    from layout_engine.pipeline import build as build_issue  # importing the package stays free of cost
    from layout_engine.places import find_places

    folder = Path(issue_dir)
    places = find_places(
        folder, fonts=Path(fonts) if fonts else None, output=Path(out) if out else None, caching=caching
    )
    old = Path(replaces) if replaces else None
    return build_issue(folder, places, profile=profile, only=page, verify=verify, final=final, replaces=old)
