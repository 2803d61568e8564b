"""扩展: a kind of region of one's own is read, checked, composed and printed like the built-in ones."""

import shutil
from pathlib import Path

import pytest

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Fill
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import Composing, RegionKind
from layout_engine.pipeline import Build, build
from layout_engine.places import Places
from layout_engine.spec.model_regions import BoxRegion, RegionSpec
from layout_engine.spec.model_values import InkName
from layout_engine.spec.resolved import Region
from tests.kit.face import write_kit_fonts
from tests.kit.pages import Newsroom, page_of

BASE = Path(__file__).parents[1] / "cases" / "pages" / "_base"
PAGE = """
page: 1
format: small
regions:
  - {{id: stripes, kind: stripes, columns: 1, rows: 1-5, {more}}}
"""


class StripesRegion(RegionSpec, frozen=True, tag="stripes", kw_only=True):
    """A toy: every other row tinted."""

    ink: InkName = "red"


def compose_stripes(region: Region, desk: Composing) -> RegionLayout:
    spec = region.spec
    assert isinstance(spec, StripesRegion)
    assert region.rows is not None
    fills = []
    for row in range(region.rows[0], region.rows[1] + 1, 2):
        y, height = desk.page.grid.rows_rect(row, row)
        fills.append(Fill(Rect(region.rect.x, y, region.rect.width, height), spec.ink))
    return RegionLayout(region, region.rect, behind=tuple(fills))


KINDS = (*BUILT_IN_KINDS, RegionKind(StripesRegion, compose_stripes))


def build_page(folder: Path, more: str) -> Build:
    """A page with one region of stripes, built."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    issue = folder / "2024-05-21"
    (issue / "pages").mkdir(exist_ok=True)
    (issue / "pages" / "01.yaml").write_text(PAGE.format(more=more), encoding="utf-8")
    return build(issue, Places(write_kit_fonts(folder), folder / "output", False, None), kinds=KINDS)


def test_it_is_composed_among_the_built_in_ones(newsroom: Newsroom) -> None:
    page = page_of(StripesRegion(id="s", columns=1, rows="1-5"), BoxRegion(id="b", columns=2, rows=1))
    laid = newsroom.lay_out(page, kinds=KINDS)
    assert len(laid.region("s").behind) == 3
    assert laid.region("b").behind == ()


def test_it_is_read_from_a_page_and_printed(tmp_path: Path) -> None:
    built = build_page(tmp_path, "ink: black")
    assert built.diagnostics == ()
    assert built.pages[0].pdf is not None
    assert built.pages[0].pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("more", "code"), [("ink: blue", "spec/unknown-ink"), ("width: 3", "spec/unknown-key")])
def test_its_fields_are_checked(tmp_path: Path, more: str, code: str) -> None:
    assert [one.code for one in build_page(tmp_path, more).diagnostics] == [code]
