"""From a folder of YAML to a spec with every place in su."""

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout_engine.base.codes import area
from layout_engine.base.diagnostics import Span
from layout_engine.base.units import mm, pt
from layout_engine.spec.explain import resolved_lines
from layout_engine.spec.model_regions import RegionSpec
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec
from tests.spec.issue_folder import BASE, HOUSE, ISSUE, PAGE, ROLES, page_with, read_with, region_of

REPOSITORY = Path(__file__).parents[2]
CASES = BASE.parent


def _spec(folder: Path, **files: str) -> IssueSpec:
    outcome = read_with(folder, dict(files))
    assert outcome.value is not None
    return outcome.value


def test_the_reference_issue_has_no_fault() -> None:
    outcome = read_issue(REPOSITORY / "issues" / "2024-05-21")
    assert [one.message("en") for one in outcome.diagnostics if one.severity == "error"] == []


def test_a_folder_without_an_issue_file_is_told(tmp_path: Path) -> None:
    outcome = read_issue(tmp_path)
    assert outcome.value is None
    assert [one.code for one in outcome.diagnostics] == ["spec/no-issue"]


def test_every_file_read_is_hashed_under_its_path_from_the_issue(tmp_path: Path) -> None:
    spec = _spec(tmp_path)
    assert list(spec.hashes) == ["../house/paper.yaml", "issue.yaml", "pages/01.yaml"]
    digest = hashlib.sha256((tmp_path / ISSUE).read_bytes()).hexdigest()
    assert spec.hashes["issue.yaml"] == digest


def test_reading_the_same_in_another_folder_gives_the_same(tmp_path: Path) -> None:
    one, other = _spec(tmp_path / "a"), _spec(tmp_path / "b" / "c")
    assert (one.pages, one.hashes) == (other.pages, other.hashes)


def test_columns_are_whole_characters_and_the_rest_goes_to_the_gutters(tmp_path: Path) -> None:
    grid = _spec(tmp_path).pages[0].grid
    assert (grid.columns, grid.rows, grid.em, grid.row) == (5, 64, pt(21) // 2, pt(31) // 2)
    assert grid.measure == 12 * grid.em
    assert grid.em <= grid.gutter <= 2 * grid.em
    left_over = grid.type_area.width - grid.columns_rect(1, 5)[1]
    assert 0 <= left_over < 5  # su


def test_a_region_of_all_rows_ends_inside_the_type_area(tmp_path: Path) -> None:
    page = page_with(tmp_path, "{id: all, kind: box, columns: 1-5, rows: 1-64}")
    assert page.grid.type_area.contains(page.regions[0].rect)


def test_a_place_in_mm_counts_from_the_corner_of_the_trimmed_page(tmp_path: Path) -> None:
    rect = page_with(tmp_path, "{id: a, kind: ad, at: [15mm, 20mm], size: [100mm, 2字]}").regions[0].rect
    assert (rect.x, rect.y, rect.width, rect.height) == (mm(15), mm(20), mm(100), pt(21))


def test_below_starts_on_the_next_row_with_the_columns_of_the_region_above(tmp_path: Path) -> None:
    page = page_with(tmp_path, "{id: b, kind: box, below: a, rows: +5}", "{id: a, kind: box, columns: 2-3, rows: 4-9}")
    assert (region_of(page, "b").columns, region_of(page, "b").rows) == ((2, 3), (10, 14))


def test_right_of_starts_in_the_next_column_with_the_rows_of_its_neighbour(tmp_path: Path) -> None:
    page = page_with(
        tmp_path, "{id: a, kind: box, columns: 1-2, rows: 4-9}", "{id: b, kind: box, right_of: a, columns: +2}"
    )
    assert (region_of(page, "b").columns, region_of(page, "b").rows) == ((3, 4), (4, 9))


def test_below_a_region_in_mm_starts_on_the_first_row_that_is_free(tmp_path: Path) -> None:
    page = page_with(
        tmp_path,
        "{id: a, kind: box, at: [15mm, 20mm], size: [100mm, 50mm]}",
        "{id: b, kind: box, below: a, columns: 1-2, rows: +3}",
    )
    above, here = region_of(page, "a").rect, region_of(page, "b").rect
    assert above.bottom <= here.y < above.bottom + page.grid.row


def test_an_open_end_reaches_down_to_the_next_region(tmp_path: Path) -> None:
    page = page_with(
        tmp_path,
        "{id: a, kind: box, columns: 1-2, rows: 4+}",
        "{id: b, kind: box, columns: 2, rows: 30-40}",
        "{id: c, kind: box, columns: 3, rows: 4+}",
    )
    assert (region_of(page, "a").rows, region_of(page, "a").open_ended) == ((4, 29), True)
    assert region_of(page, "c").rows == (4, 64)


def test_a_rule_after_a_column_stands_in_its_gutter(tmp_path: Path) -> None:
    page = page_with(tmp_path, "{id: r, kind: rule, weight: 0.5pt, direction: vertical, after_column: 2, rows: 3-9}")
    rect = page.regions[0].rect
    assert (rect.x, rect.right) == (
        page.grid.columns_rect(1, 2)[0] + page.grid.columns_rect(1, 2)[1],
        page.grid.columns_rect(3, 3)[0],
    )


def test_fields_are_filled_in_at_their_own_places(tmp_path: Path) -> None:
    text = "{date} 农历{lunar} {weekday} 第{number}期 {page:02} {page_name} {duty.责编} {{x}}"
    page = page_with(tmp_path, f'{{id: f, kind: folio, style: folio, columns: 1-5, rows: 1, text: "{text}"}}')
    filled = page.regions[0].texts["text"]
    assert filled.text == "2024年5月21日 农历四月十四 星期二 第3026期 01 要闻 王静 {x}"
    start = page.regions[0].spans["text"]
    assert filled.span(filled.text.index("年")) == Span(start.file, start.line, start.column + 1)
    assert filled.span(filled.text.index("农")).column == start.column + 1 + text.index("农")


def test_a_page_style_says_only_what_differs_from_the_house(tmp_path: Path) -> None:
    style = page_with(
        tmp_path, "{id: a, kind: box, columns: 1, rows: 1}", more="styles: {banner: {size: 28pt}}\n"
    ).styles["banner"]
    assert (style.size_least, style.size_most, style.face) == (pt(28), pt(28), "song-heavy")
    assert style.origins["size"].startswith("pages/01.yaml:")
    assert style.origins["face"].startswith("../house/paper.yaml:")


def test_an_indent_counts_in_the_characters_of_its_own_style(tmp_path: Path) -> None:
    styles = _spec(tmp_path).pages[0].styles
    assert (styles["body"].indent, styles["caption"].indent) == (pt(21), pt(18))


def test_the_names_of_sizes_mean_the_metal_series_where_the_house_says_so(tmp_path: Path) -> None:
    house = (BASE / HOUSE).read_text("utf-8").replace("styles:\n", "styles:\n  metal: {face: song, size: 二号..一号}\n")
    dtp = _spec(tmp_path / "a", **{HOUSE: house}).pages[0].styles["metal"]
    metal = _spec(tmp_path / "b", **{HOUSE: f"size_names: metal\n{house}"}).pages[0].styles["metal"]
    assert (dtp.size_least, dtp.size_most) == (pt(22), pt(26))
    point = Fraction("0.3515")
    assert (metal.size_least, metal.size_most) == (mm(21 * point), mm(Fraction("27.5") * point))


def test_a_page_may_have_a_grid_of_its_own(tmp_path: Path) -> None:
    page = page_with(tmp_path, "{id: a, kind: box, columns: 4, rows: 1}", more="grid: {columns: 4}\n")
    assert page.grid.columns == 4


def test_a_format_may_be_there_for_pages_that_count_their_own_columns(tmp_path: Path) -> None:
    narrow = "  narrow: {trim: [360mm, 546mm], type_area: [330mm, 490mm]}\ngrid: {columns: 5}\n"
    house = (BASE / HOUSE).read_text(encoding="utf-8").replace("grid: {columns: 5}\n", narrow)
    second = "page: 2\nformat: narrow\ngrid: {columns: 6}\nregions: []\n"
    issue = (BASE / ISSUE).read_text(encoding="utf-8").replace("[pages/01.yaml]", "[pages/01.yaml, pages/02.yaml]")
    outcome = read_with(tmp_path, {HOUSE: house, ISSUE: issue, "2024-05-21/pages/02.yaml": second})
    assert outcome.diagnostics == ()


def test_every_field_of_a_region_has_its_place(tmp_path: Path) -> None:
    spans = region_of(_spec(tmp_path).pages[0], "lead").spans
    assert spans["headline.style"] > spans["headline"] > spans["rows"] > spans["columns"]


def test_the_listing_says_where_each_value_came_from(tmp_path: Path) -> None:
    lines = resolved_lines(_spec(tmp_path))
    assert "      size: 9pt    # ../house/paper.yaml:10" in lines
    assert "      leading: 15.5pt    # body ../house/paper.yaml:7" in lines
    assert "      tracking: 0..0    # default" in lines
    assert any("5 columns of 12 字" in line for line in lines)


class CrosswordRegion(RegionSpec, frozen=True, tag="crossword", kw_only=True):
    """填字游戏: a kind of region that somebody adds."""

    cells: int


def test_a_new_kind_of_region_is_read_and_checked_like_the_built_in_ones(tmp_path: Path) -> None:
    page = "page: 1\nformat: tabloid\nregions:\n  - {id: game, kind: crossword, columns: 1, rows: 1-9, cells: %s}\n"
    read_with(tmp_path, {PAGE: page % "11"})
    outcome = read_issue(tmp_path / "2024-05-21", ROLES, (CrosswordRegion,))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.pages[0].regions[0].kind == "crossword"
    read_with(tmp_path, {PAGE: page % "many"})
    assert [one.code for one in read_issue(tmp_path / "2024-05-21", ROLES, (CrosswordRegion,)).diagnostics] == [
        "spec/wrong-value"
    ]


def test_a_link_that_leaves_the_issues_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg/>")
    issues = tmp_path / "issues"
    read_with(issues)
    (issues / "house" / "link.svg").symlink_to(tmp_path / "secret.svg")
    page = "page: 1\nformat: tabloid\nregions:\n  - {id: a, kind: ad, columns: 1, rows: 1, art: ../../house/link.svg}\n"
    assert [one.code for one in read_with(issues, {PAGE: page}).diagnostics] == ["spec/path-leaves-issues"]


@pytest.mark.parametrize("name", ["", "a\\0b", "x" * 5000, "../" * 400, "loop", "."])
def test_no_path_makes_reading_raise(tmp_path: Path, name: str) -> None:
    read_with(tmp_path)
    (tmp_path / "2024-05-21" / "pages" / "loop").symlink_to("loop")
    page = f'page: 1\nformat: tabloid\nregions:\n  - {{id: a, kind: ad, columns: 1, rows: 1, art: "{name}"}}\n'
    assert len(read_with(tmp_path, {PAGE: page}).diagnostics) == 1


def test_the_same_fault_seen_from_two_pages_is_told_once(tmp_path: Path) -> None:
    house = (BASE / HOUSE).read_text(encoding="utf-8").replace("size: 小五, leading: 12pt", "size: 4pt, leading: 12pt")
    issue = (BASE / ISSUE).read_text(encoding="utf-8").replace("[pages/01.yaml]", "[pages/01.yaml, pages/02.yaml]")
    second = "page: 2\nformat: tabloid\nregions: []\n"
    outcome = read_with(tmp_path, {HOUSE: house, ISSUE: issue, "2024-05-21/pages/02.yaml": second})
    assert [one.code for one in outcome.diagnostics].count("spec/size-range") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_file_makes_reading_raise(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from((HOUSE, ISSUE, PAGE)))
    sound = (BASE / name).read_bytes()
    start = data.draw(st.integers(0, len(sound)))
    length = data.draw(st.integers(0, 40))
    new = data.draw(
        st.sampled_from(
            (b"", b"\n", b"  ", b"[", b"}", b": ", b"- ", b"&a ", b"*a", b"\xff", b"\0", b"999999", "字".encode())
        )
        | st.binary(max_size=6)
    )
    end = len(sound) if data.draw(st.booleans()) and not new else start + length
    outcome = read_with(tmp_path, {name: sound[:start] + new + sound[end:]})
    for one in outcome.diagnostics:
        assert one.span is not None
        assert one.message("zh")
        assert one.message("en")
    assert outcome.value is not None or outcome.diagnostics
    assert not any(one.code == "spec/not-understood" for one in outcome.diagnostics)


# Codes that no case folder can provoke, and the test that does.
ELSEWHERE = {
    "spec/no-issue": "test_a_folder_without_an_issue_file_is_told",
    "spec/path-leaves-folder": "test_a_printers_file_on_the_command_line_reaches_only_its_own_folder",
    "spec/unreadable-file": "a disk that fails",
    "spec/not-understood": "a schema that says less than its declaration: test_schema proves that there is none",
}


def test_every_code_of_the_spec_is_provoked_by_a_case() -> None:
    expected = "".join(path.read_text(encoding="utf-8") for path in CASES.glob("*/expected.diagnostics.txt"))
    codes = {*area("spec"), *area("furniture")}
    assert {code for code in codes if f" {code}: " not in expected} == set(ELSEWHERE)
