"""`layout-engine separations` and `preflight --plates`: what they print and write, and how they end."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from PIL import Image

from layout_engine.cli.json_separations import separations_schema
from tests.cli.conftest import Run, _plain_surroundings, issue, run
from tests.pdf.scenes import a_page, a_profile, a_region, a_run, written
from tests.plates.sheets import KNOCKS_OUT, OVERPRINTS, a_field, a_sheet, needs_ghostscript

__all__ = ["_plain_surroundings", "issue", "run"]

# Two fills, each within the limit of 240 %: together they are over it where they overprint.
BELOW = a_field("1 1 0 0 k", 5, 5, 20, 20)
ABOVE = a_field("0 0 0.6 0 k", 10, 10, 20, 20)
ABOVE_BY_TEN = a_field("0 0 0.5 0 k", 10, 10, 20, 20)


@pytest.fixture
def heavy() -> Path:
    path = Path("ad.pdf")
    path.write_bytes(a_sheet(OVERPRINTS, BELOW, ABOVE, spots=()))
    return path


@needs_ghostscript
def test_each_plate_is_a_picture_grey_and_tinted_and_the_ink_has_a_map(run: Run, heavy: Path) -> None:
    ran = run("separations", str(heavy), "--lang", "en")
    names = [f"ad-{plate}{end}.png" for plate in "CKMY" for end in ("-tint", "")]
    assert sorted(one.name for one in Path("plates").iterdir()) == sorted([*names, "ad-heat.png"])
    assert ran.code == 1
    assert "page 1  40 × 40 mm, 101.6 ppi\n" in ran.out
    assert "   25.0%  Cyan  plates/ad-C.png\n" in ran.out
    assert "   blank  Black  plates/ad-K.png\n" in ran.out
    assert "260.0% at most (C 100 M 100 Y 60), of 240%; at 10.0 mm from the left, 15.0 mm from the top" in ran.out
    assert "error plates/total-ink: total ink of 260 %, over 240 %: C 100 M 100 Y 60; " in ran.err


@needs_ghostscript
def test_it_speaks_chinese(run: Run, heavy: Path) -> None:
    ran = run("separations", str(heavy), "--lang", "zh")
    assert "最高处距左 10.0、距上 15.0 毫米" in ran.out
    assert "错误 plates/total-ink：总墨量 260%，超过 240%：C 100 M 100 Y 60；" in ran.err


@needs_ghostscript
@pytest.mark.parametrize(
    "painted", [(KNOCKS_OUT, BELOW, ABOVE), (OVERPRINTS, BELOW, a_field("0 0 0.4 0 k", 10, 10, 20, 20))]
)
def test_a_page_within_the_limit_ends_well(run: Run, painted: tuple[str, ...]) -> None:
    Path("ad.pdf").write_bytes(a_sheet(*painted))
    ran = run("separations", "ad.pdf", "--lang", "en")
    assert ran.code == 0
    assert "nothing found" in ran.err


@needs_ghostscript
def test_black_is_solid_ink_in_the_grey_picture_and_its_own_colour_in_the_tinted(run: Run, heavy: Path) -> None:
    run("separations", str(heavy), "--out", "shown")
    grey, tinted = Image.open("shown/ad-Y.png"), Image.open("shown/ad-Y-tint.png").convert("RGB")
    assert (grey.mode, grey.size, grey.getpixel((100, 60)), grey.getpixel((150, 150))) == ("L", (160, 160), 102, 255)
    assert tinted.getpixel((150, 150)) == (255, 255, 255)
    assert tinted.getpixel((100, 60)) == (255, 236, 102)


@needs_ghostscript
def test_the_map_glares_where_there_is_too_much_and_nowhere_else(run: Run, heavy: Path) -> None:
    run("separations", str(heavy))
    heat = Image.open("plates/ad-heat.png").convert("RGB").crop((28, 28, 188, 188)).tobytes()
    glaring = [at for at in range(160 * 160) if heat[3 * at : 3 * at + 3] == b"\xff\x00\x6e"]
    assert {(at % 160 // 4, at // 160 // 4) for at in glaring} <= {(x, y) for x in range(9, 26) for y in range(14, 31)}
    assert len(glaring) > 100 * 16  # of 225 mm²; frame and label cover some


@needs_ghostscript
def test_json_is_as_its_schema_says(run: Run, heavy: Path) -> None:
    ran = run("separations", str(heavy), "--json")
    document = json.loads(ran.out)
    jsonschema_rs.validator_for(separations_schema()).validate(document)
    (page,) = document["pages"]
    assert (page["page"], page["size_mm"], page["ink"]["over"]) == (1, [40.0, 40.0], True)
    assert page["ink"]["worst"]["plates"] == {"C": 100.0, "M": 100.0, "Y": 60.0, "K": 0.0}
    assert page["ink"]["over_mm2"] == 232.5  # 15 × 15, and at two edges squares that have three quarters of the yellow
    assert [one["code"] for one in document["findings"]] == ["plates/total-ink"]


@needs_ghostscript
def test_pages_and_spots_have_names_that_any_disk_takes(run: Run) -> None:
    painted = [f"/Spot{at} cs 1 scn {5 * at} 5 5 5 re f" for at in range(3)]
    Path("ad.pdf").write_bytes(a_sheet(*painted, spots=("a/b", "A:b", "专金"), pages=2))
    assert run("separations", "ad.pdf", "--page", "2").code == 0
    names = {one.name for one in Path("plates").iterdir()}
    assert {"ad-p2-C.png", "ad-p2-spot-A_b.png", "ad-p2-spot-a_b-2.png", "ad-p2-spot-专金-tint.png"} <= names


@needs_ghostscript
def test_the_printers_own_limit_holds(run: Run) -> None:
    Path("press.yaml").write_text("title: 城北印务\nbuilds_on: pdfx4\ntotal_ink: 200\n", encoding="utf-8")
    Path("ad.pdf").write_bytes(a_sheet(OVERPRINTS, BELOW, ABOVE_BY_TEN))
    assert "over 200 %" in run("separations", "ad.pdf", "--profile", "press.yaml", "--lang", "en").err


@needs_ghostscript
def test_issue_is_built_and_separated(run: Run, issue: Path) -> None:
    ran = run("separations", str(issue), "--out", "shown", "--lang", "en")
    assert "page 1  " in ran.out
    assert any(one.name.endswith("-heat.png") for one in Path("shown").iterdir())


@needs_ghostscript
@pytest.mark.parametrize("data", [b"", b"%!PS {} loop", b"%PDF-1.6\n%%EOF"], ids=str)
def test_what_is_no_pdf_is_told_and_no_bug(run: Run, data: bytes) -> None:
    Path("photo.pdf").write_bytes(data)
    ran = run("separations", "photo.pdf", "--lang", "en")
    assert ran.code == 1
    assert "plates/unreadable" in ran.err


def test_a_file_that_is_not_there_is_a_wrong_command_line(run: Run) -> None:
    ran = run("separations", "nowhere.pdf")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("command", [("separations",), ("preflight", "--plates")], ids=" ".join)
def test_without_ghostscript_it_says_how_to_install_it(
    run: Run, heavy: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ran = run(*command, str(heavy), "--lang", "zh")
    assert (ran.code, ran.out) == (2, "")
    first, hint = ran.err.splitlines()
    assert first == "错误 plates/no-ghostscript：没有装 Ghostscript，无法渲染分色版"
    assert hint == "    提示：安装：apt-get install ghostscript"


@needs_ghostscript
def test_preflight_measures_the_plates_where_asked(run: Run, heavy: Path) -> None:
    with_plates, without = (
        json.loads(run("preflight", str(heavy), "--json", *more).out) for more in (["--plates"], [])
    )
    (one,) = [one for one in with_plates["findings"] if one["code"] == "plates/total-ink"]
    assert (one["rule"], one["page"], one["x_mm"], one["y_mm"]) == ("PR-48", 1, 10.0, 15.0)
    assert (with_plates["passes"], [one for one in without["findings"] if "ink" in one["code"]]) == (False, [])


@needs_ghostscript
def test_a_page_of_ours_renders_in_silence_and_within_the_limit(run: Run) -> None:
    Path("page-01.pdf").write_bytes(written(a_page(a_region("lead", a_run("我市召开大会"))), profile=a_profile()))
    assert not [one for one in json.loads(run("preflight", "page-01.pdf", "--plates", "--json").out)["findings"]
                if one["code"].startswith("plates/")]  # fmt: skip
