"""What the lesser commands promise: check, dump, proof, new, explain, fonts, schema."""

import json
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from layout_engine import proof_desk
from layout_engine.base.codes import area, areas
from layout_engine.cli.table import cells
from layout_engine.proof.raster import TooLargeError
from layout_engine.revisions.store import open_store
from tests.cli.conftest import Run

CODES = [code for name in areas() for code in area(name)]


def _files() -> set[str]:
    return {str(one) for one in Path(".").rglob("*") if one.is_file()}


def test_check_writes_nothing(run: Run, issue: Path) -> None:
    before = _files()
    assert run("check", str(issue)).code == 0
    assert _files() == before


def test_check_finds_what_does_not_fit(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("rows: 4+ ", "rows: 4-9 "))
    ran = run("check", str(issue))
    assert ran.code == 1
    assert "issues/2024-06-01/articles/lead.md:" in ran.out
    assert "error page/overset" in ran.out


def test_check_resolved_says_where_values_come_from(run: Run, issue: Path) -> None:
    ran = run("check", str(issue), "--resolved")
    assert ran.code == 0
    assert "paper: 本报" in ran.out
    assert "styles:" in ran.out
    assert "lead: story" in ran.out


def test_dump_shows_every_character_at_its_place(run: Run, issue: Path) -> None:
    ran = run("dump", str(issue))
    assert ran.code == 0
    assert ran.out.startswith("page 1 要闻 270 x 390 mm")
    assert "glyphs lead/headline-1" in ran.out.replace("lead/headline[", "lead/headline-1[")


def test_proof_is_a_pdf_and_a_picture_with_a_margin_to_write_in_and_a_revision(run: Run, issue: Path) -> None:
    ran = run("proof", str(issue), "--dpi", "36", "--by", "王静", "--note", "头一次")
    path = Path("output/2024-06-01/proof/paper-20240601-01.pdf")
    picture = path.with_suffix(".png")
    assert (ran.code, ran.out) == (0, f"{path}\n{picture}\n")
    assert ran.err.startswith("revision 1, content ")
    with Image.open(BytesIO(picture.read_bytes())) as image:
        margin = 2 * 74 / 2
        assert image.size == pytest.approx((270 / 25.4 * 36 + margin, 390 / 25.4 * 36 + margin), abs=1.5)
    assert path.read_bytes().startswith(b"%PDF-1.6")


def test_each_proof_is_a_revision_with_all_that_was_seen(run: Run, issue: Path) -> None:
    assert run("proof", str(issue), "--dpi", "36", "--by", "王静").code == 0
    assert run("proof", str(issue), "--dpi", "36", "--note", "再一次").code == 0
    opened = open_store(Path("output/2024-06-01/revisions")).value
    assert opened is not None
    with opened as store:
        first, second = store.revisions()
        assert (first.by, second.note, first.content) == ("王静", "再一次", second.content)
        assert [one.name for one in first.files] == [f"pages/01.{kind}" for kind in ("pdf", "png", "json", "txt")]
        assert {"issue.yaml", "pages/01.yaml"} <= set(first.inputs)


def test_a_galley_and_a_text_to_read_aloud(run: Run, issue: Path) -> None:
    ran = run("proof", str(issue), "--dpi", "36", "--galley", "lead", "--call-over", "--lang", "zh")
    assert ran.code == 0
    assert ran.out.split() == [f"output/2024-06-01/proof/lead-1.{kind}" for kind in ("pdf", "png", "txt")]
    assert "〔段末〕" in Path("output/2024-06-01/proof/lead-1.txt").read_text()
    assert "第 1 次校样" in ran.err
    ran = run("proof", str(issue), "--dpi", "36", "--galley", "laed")
    assert (ran.code, ran.out) == (1, "")
    assert "cli/no-such-story" in ran.err


def test_nothing_is_kept_of_a_proof_that_could_not_be_made(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("story: lead", "story: laed"))
    assert run("proof", str(issue)).code == 1
    opened = open_store(Path("output/2024-06-01/revisions")).value
    assert opened is not None
    with opened as store:
        assert store.revisions() == ()


def test_proof_says_what_stands_in_the_way(run: Run, issue: Path, page: Path) -> None:
    page.write_text(page.read_text().replace("story: lead", "story: laed"))
    ran = run("proof", str(issue), "--dpi", "36")
    assert (ran.code, ran.out) == (1, "")
    assert "spec/unknown-story" in ran.err
    assert "No page was set" in ran.err


def test_a_proof_too_large_for_memory_is_refused(run: Run, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _too_large(_pdf: bytes, _dpi: int) -> bytes:
        raise TooLargeError

    monkeypatch.setattr(proof_desk, "render_png", _too_large)
    ran = run("proof", str(issue))
    assert ran.code == 1
    assert "cli/picture-too-large" in ran.err


def test_new_builds_at_once_with_nothing_to_say(run: Run, issue: Path) -> None:
    ran = run("build", str(issue))
    assert ran.code == 0
    assert "nothing found" in ran.err


@pytest.mark.parametrize("folder", ["2024-06-02", "a paper/2024-06-02", "issues/2024-06-02"])
def test_new_builds_in_any_folder(run: Run, folder: str) -> None:
    assert run("new", folder).code == 0
    assert run("build", folder).code == 0


def test_new_goes_by_the_house_and_counts_on(run: Run, issue: Path) -> None:
    assert run("new", "issues/2024-06-02").code == 0
    assert "number: 2 " in Path("issues/2024-06-02/issue.yaml").read_text()
    assert [one.name for one in Path("issues/house").iterdir()] == ["paper.yaml"]


def test_new_brings_the_styles_that_the_house_lacks(run: Run, issue: Path) -> None:
    house = Path("issues/house/paper.yaml")
    lines = house.read_text().splitlines(keepends=True)
    house.write_text("".join(line for line in lines if not line.startswith(("  banner:", "  folio:"))))
    assert run("new", "issues/2024-06-02").code == 0
    assert run("build", "issues/2024-06-02").code == 0


def test_new_never_overwrites(run: Run, issue: Path) -> None:
    before = {path: Path(path).read_bytes() for path in _files()}
    ran = run("new", str(issue))
    assert (ran.code, "cli/new-exists" in ran.err) == (2, True)
    assert {path: Path(path).read_bytes() for path in _files()} == before


def test_new_asks_for_a_date(run: Run) -> None:
    assert "cli/new-no-date" in run("new", "next").err
    assert "cli/new-two-dates" in run("new", "2024-06-02", "--date", "2024-06-03").err
    assert "cli/bad-value" in run("new", "next", "--date", "2024-02-30").err
    assert run("new", "next", "--date", "2024-06-03").code == 0


def test_new_refuses_a_house_that_no_page_could_use(run: Run) -> None:
    Path("house").mkdir()
    Path("house/broken.yaml").write_text("formats: [")
    ran = run("new", "2024-06-02")
    assert ran.code == 1
    assert "cli/new-no-use-of-house" in ran.err
    assert not Path("2024-06-02").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained_in_both_languages(run: Run, lang: str) -> None:
    short = [code for code in CODES if len(run("explain", code, "--lang", lang).out.splitlines()) < 5]
    assert short == []


def test_a_code_may_be_given_without_its_area(run: Run) -> None:
    assert run("explain", "unknown-kind").out.startswith("spec/unknown-kind  error\n")


def test_explain_without_a_code_lists_them_all(run: Run) -> None:
    assert [line.split()[0] for line in run("explain").out.splitlines()] == CODES


def test_fonts_lists_roles_faces_coverage_and_licences(run: Run) -> None:
    ran = run("fonts", "--lang", "zh")
    assert ran.code == 0
    assert all(word in ran.out for word in ("书宋", "song-rare", "8105/8105", "OFL-1.1", "NotoSansSC-Bold.ttf"))


def test_fonts_speaks_json(run: Run) -> None:
    document = json.loads(run("fonts", "--json").out)
    assert {role["role"] for role in document["fonts"]["roles"]} >= {"song", "hei", "kai", "fangsong", "latin"}


def test_a_fonts_folder_that_is_none_ends_with_1(run: Run) -> None:
    ran = run("fonts", "--fonts", "nowhere")
    assert ran.code == 1
    assert "face/no-catalog" in ran.err


def test_columns_of_chinese_stand_level() -> None:
    assert [cells(text) for text in ("abc", "书宋", "é", "“a”")] == [3, 4, 1, 3]


@pytest.mark.parametrize("which", ["house", "issue", "page", "report", "separations"])
def test_schema_prints_one_schema(run: Run, which: str) -> None:
    assert json.loads(run("schema", which).out)["title"].casefold() == which


def test_schema_writes_a_file_each(run: Run) -> None:
    assert run("schema", "--out", "schema").code == 0
    assert sorted(one.name for one in Path("schema").iterdir()) == [
        "diff.json",
        "house.json",
        "issue.json",
        "page.json",
        "printer.json",
        "report.json",
        "separations.json",
    ]


def bars(path: Path) -> int:
    """How many lines of a proof bear a change bar."""
    with pikepdf.open(path) as opened:
        content = opened.pages[0].Contents.read_bytes().decode("ascii")
    in_magenta = re.search(r"^0 1 0 0 k\n((?:.* re f\n)+)", content.partition("/OC /Marks BDC")[2], re.MULTILINE)
    return in_magenta[1].count(" re f") if in_magenta else 0


def test_lines_that_changed_since_the_last_proof_bear_a_bar(run: Run, issue: Path) -> None:
    path = Path("output/2024-06-01/proof/paper-20240601-01.pdf")
    assert run("proof", str(issue), "--dpi", "36").code == 0
    assert bars(path) == 0
    article = issue / "articles/lead.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text[:-2] + "改" + text[-2:], encoding="utf-8")
    assert run("proof", str(issue), "--dpi", "36").code == 0
    assert bars(path) == 1
    assert run("proof", str(issue), "--dpi", "36").code == 0
    assert bars(path) == 0
    assert run("proof", str(issue), "--dpi", "36", "--against", "1").code == 0
    assert bars(path) == 1
    assert run("proof", str(issue), "--dpi", "36", "--against", "1", "--no-bars").code == 0
    assert bars(path) == 0
