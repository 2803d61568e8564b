"""Headlines: lines by sense, the largest size that fits, and what is said where nothing does (TY-91..95)."""

from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.base.source import join_texts, read_at
from layout_engine.base.units import mm, pt
from layout_engine.content.model import Part, PartKind
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.spec.resolved import TextStyle
from layout_engine.typography.headline import fit_headline
from layout_engine.typography.justify import line_text, set_single_line
from layout_engine.typography.model import FittedHeadline
from layout_engine.typography.shape import shape_part
from tests.kit.face import open_kit_faces

LEAD = "青岛市即墨区和蓝谷管理局激励干部担当作为 推动高水平开放高质量发展工作会议召开"
DECK = "咬定目标不放松 铆足干劲争一流 以更大的担当 更实的作为服务全市高质量发展大局"
ACROSS = mm(240)
REPOSITORY_FONTS = Path(__file__).parents[2] / "fonts"


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    return open_kit_faces(tmp_path_factory.mktemp("fonts"))


def make_style(size: str = "20..40", lines: str = "1..2", **changes: Any) -> TextStyle:
    least, most = (pt(int(one)) for one in size.split(".."))
    lines_least, lines_most = map(int, lines.split(".."))
    values: dict[str, Any] = {
        "name": "banner", "face": "song-heavy", "size_least": least, "size_most": most, "leading": most, "indent": 0,
        "ink": "black", "align": "centre", "lines_least": lines_least, "lines_most": lines_most, "fit": True,
        "tracking_least": 0, "tracking_most": 0, "narrow_least": 100, "narrow_most": 100, "emphasis": "kai",
        "strong": "hei", "rows_least": 1, "rows_most": 1, "half_digits": False, "span": Span("house.yaml", 9, 3),
    }  # fmt: skip
    return TextStyle(**(values | changes))


def make_part(text: str, kind: PartKind = "headline") -> Part:
    """A part whose every line stands in a line of its own, from line 3, column 5."""
    lines = text.split("\n")
    pieces = [read_at(line + "\n", "lead.md", 3 + at, 5) for at, line in enumerate(lines[:-1])]
    copy = join_texts([*pieces, read_at(lines[-1], "lead.md", 2 + len(lines), 5)])
    return Part(f"lead/{kind}", kind, copy)


class Set(msgspec.Struct, frozen=True):
    """A headline that was fitted, and what was found."""

    fitted: FittedHeadline
    findings: Findings

    @property
    def lines(self) -> list[str]:
        return [line_text(self.fitted.paragraph, line) for line in self.fitted.lines]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.findings.all()]

    def values(self, code: str) -> dict[str, str]:
        return dict(next(one.values for one in self.findings.all() if one.code == code))


def fit(
    text: str, width: int, style: TextStyle, faces: Faces, names: tuple[str, ...] = (), kind: PartKind = "headline"
) -> Set:
    findings = Findings()
    return Set(fit_headline(make_part(text, kind), style, width, names, faces, findings), findings)


# The reference page


def test_lead_headline_breaks_at_its_space_and_fills_the_page(faces: Faces) -> None:
    result = fit(LEAD, ACROSS, make_style("34..40"), faces)
    assert result.lines == LEAD.split(" ")
    assert result.fitted.size == pt(34)
    assert result.codes == []


def test_deck_stands_in_two_balanced_halves(faces: Faces) -> None:
    result = fit(DECK, ACROSS, make_style("15..15", "2..2"), faces, kind="deck")
    assert result.lines == ["咬定目标不放松 铆足干劲争一流", "以更大的担当 更实的作为服务全市高质量发展大局"]


def test_headline_and_deck_break_alike_in_the_faces_of_the_paper() -> None:
    paper = open_faces(REPOSITORY_FONTS, ("song-heavy", "hei")).value
    assert paper is not None
    assert fit(LEAD, ACROSS, make_style("34..40"), paper).lines == LEAD.split(" ")
    deck = fit(DECK, ACROSS, make_style("15..15", "2..2", face="hei"), paper, kind="deck")
    assert deck.lines == ["咬定目标不放松 铆足干劲争一流", "以更大的担当 更实的作为服务全市高质量发展大局"]


# Lines


def test_lines_of_the_copy_are_the_lines(faces: Faces) -> None:
    result = fit("走在前\n显担当 作贡献", pt(400), make_style(), faces)
    assert result.lines == ["走在前", "显担当 作贡献"]


def test_more_lines_than_the_style_has_are_kept_and_told_at_the_first_too_many(faces: Faces) -> None:
    result = fit("走在前\n显担当\n作贡献", pt(400), make_style(), faces)
    assert len(result.lines) == 3
    assert [(one.code, one.span) for one in result.findings.all()] == [
        ("headline/too-many-lines", Span("lead.md", 5, 5))
    ]


def test_blank_lines_at_either_end_make_no_line(faces: Faces) -> None:
    lines = fit("\n走在前 \n\n显担当\n", pt(400), make_style(), faces).lines
    assert [line.strip() for line in lines] == ["走在前", "显担当"]


def test_space_goes_before_a_mark(faces: Faces) -> None:
    result = fit("甲乙丙丁戊己，庚辛 壬癸子丑寅卯", pt(220), make_style("20..20"), faces)
    assert result.lines == ["甲乙丙丁戊己，庚辛", "壬癸子丑寅卯"]


def test_mark_goes_before_a_space_that_would_leave_the_lines_uneven(faces: Faces) -> None:
    result = fit("甲乙丙丁戊己庚，辛 壬癸子", pt(200), make_style("20..20"), faces)
    assert result.lines == ["甲乙丙丁戊己庚，", "辛 壬癸子"]


def test_even_lines_go_before_a_space(faces: Faces) -> None:
    result = fit("甲乙丙丁戊己 庚，辛壬癸子丑寅卯辰", pt(210), make_style("20..20"), faces)
    assert result.lines == ["甲乙丙丁戊己 庚，", "辛壬癸子丑寅卯辰"]


def test_smaller_size_goes_before_a_break_inside_the_sense(faces: Faces) -> None:
    text = "甲乙丙丁戊 己庚辛壬癸子丑寅卯辰"
    assert fit(text, pt(200), make_style("20..26"), faces).lines == text.split(" ")


def test_break_outside_the_sense_is_told_with_its_place(faces: Faces) -> None:
    result = fit("甲乙丙丁戊己庚辛", pt(100), make_style("20..20"), faces)
    assert result.lines == ["甲乙丙丁", "戊己庚辛"]
    assert [(one.code, one.span) for one in result.findings.all()] == [("headline/divided", Span("lead.md", 3, 9))]
    assert result.fitted.divided


def test_name_of_the_house_is_kept_whole(faces: Faces) -> None:
    text, width, style = "甲乙丙韩世军丁戊", pt(100), make_style("20..20")
    assert fit(text, width, style, faces).lines == ["甲乙丙韩", "世军丁戊"], "control: nobody knows the name"
    assert fit(text, width, style, faces, ("韩世军",)).lines == ["甲乙丙", "韩世军丁戊"]


def test_name_that_no_line_can_hold_is_divided_and_told(faces: Faces) -> None:
    result = fit("青岛市即墨区", pt(80), make_style("20..20"), faces, ("青岛市即墨区",))
    assert result.codes == ["headline/unit-divided"]


@pytest.mark.parametrize("unit", ["18.4%", "3～5年", "5月17日", "第3026期", "30家", "《新即墨》"])
def test_number_and_title_are_kept_whole(unit: str, faces: Faces) -> None:
    for before in range(1, 8):
        text = "甲乙丙丁戊己庚"[:before] + unit + "子丑寅卯辰巳午"[before:]
        assert any(unit in line for line in fit(text, pt(170), make_style("20..20"), faces).lines)


def test_no_line_is_one_or_two_characters_where_another_division_fits(faces: Faces) -> None:
    result = fit("通知 甲乙丙丁戊己庚辛壬", pt(200), make_style("20..20", "2..2"), faces)
    assert min(map(len, result.lines)) > 2


def test_four_like_clauses_stand_two_and_two(faces: Faces) -> None:
    result = fit("讲政治 顾大局 守规矩 善作为有成效", pt(400), make_style("20..20", "2..2"), faces)
    assert result.lines == ["讲政治 顾大局", "守规矩 善作为有成效"]


def test_fewer_lines_are_taken_where_the_size_is_the_same(faces: Faces) -> None:
    assert len(fit("甲乙丙丁 戊己庚辛", pt(400), make_style("20..20"), faces).lines) == 1


def test_mark_never_begins_a_line_nor_opening_mark_ends_one(faces: Faces) -> None:
    for width in range(60, 240, 10):
        lines = fit("甲乙丙，丁戊“己庚”！辛壬（癸）子丑、寅卯", pt(width), make_style("20..20", "1..4"), faces).lines
        assert not any(line[0] in "，”！）、" or line[-1] in "“（" for line in lines), lines


# Size, tracking, width


def test_size_is_the_largest_half_point_that_fits(faces: Faces) -> None:
    assert fit("甲乙丙丁戊己庚", pt(200), make_style(lines="1..1"), faces).fitted.size == pt(28) + pt(1) // 2
    assert fit("甲乙丙丁戊己庚", pt(280), make_style(lines="1..1"), faces).fitted.size == pt(40)


def test_exact_fit_is_a_fit(faces: Faces) -> None:
    fitted = fit("甲乙丙丁戊己庚辛壬癸", pt(400), make_style(lines="1..1"), faces).fitted
    assert (fitted.size, fitted.lines[0].width) == (pt(40), pt(400))


def test_ends_of_the_range_are_sizes_even_between_the_half_points(faces: Faces) -> None:
    odd = pt(20) + 12_345
    style = make_style(lines="1..1", size_least=odd, size_most=odd + pt(1) // 8)
    assert fit("甲乙", pt(200), style, faces).fitted.size == style.size_most
    assert fit("甲乙丙丁戊", 5 * odd, style, faces).fitted.size == odd


def test_tracking_gives_before_the_width_of_the_glyphs(faces: Faces) -> None:
    style = make_style("20..20", "1..1", tracking_least=-3, narrow_least=90)
    for width, tracking, narrow in [(199, -1, 100), (195, -3, 100), (190, -3, 97)]:
        fitted = fit("甲乙丙丁戊己庚辛壬癸", pt(width), style, faces).fitted
        assert (fitted.tracking, fitted.narrow, fitted.over) == (tracking, narrow, 0)


def test_rounded_advances_that_outgrow_the_plan_cost_one_step(faces: Faces) -> None:
    odd = pt(20) + 1  # half an em of it is rounded up for every digit
    style = make_style(lines="1..1", size_least=odd, size_most=pt(24), tracking_least=-1)
    fitted = fit("0123456789", 5 * odd, style, faces).fitted
    assert (fitted.size, fitted.tracking, fitted.over) == (odd, -1, 0)


def test_single_line_is_opened_to_fill_its_width_only_where_the_style_fits(faces: Faces) -> None:
    open_style = make_style("20..20", tracking_most=20)
    fitted = fit("甲乙丙丁戊己", pt(132), open_style, faces).fitted
    assert fitted.tracking == 12
    assert pt(131) < fitted.lines[0].width <= pt(132)
    assert fit("甲乙丙丁戊己", pt(132), msgspec.structs.replace(open_style, fit=False), faces).fitted.tracking == 0


def test_lines_of_a_vertical_headline_run_down_the_height(faces: Faces) -> None:
    part = make_part("甲乙丙丁戊，己庚辛壬癸")
    fitted = fit_headline(part, make_style(), pt(200), (), faces, Findings(), direction="vertical")
    assert fitted.paragraph.direction == "vertical"
    assert [line_text(fitted.paragraph, line) for line in fitted.lines] == ["甲乙丙丁戊，", "己庚辛壬癸"]
    assert fitted.size == pt(36)  # 5.5 em, the mark at the foot being halved


# What cannot be


def test_headline_that_does_not_fit_is_set_at_the_least_and_counted(faces: Faces) -> None:
    result = fit(LEAD, ACROSS, make_style("38..40"), faces)
    assert result.codes == ["headline/does-not-fit"]
    assert (result.fitted.size, result.fitted.over, result.lines) == (pt(38), 3, LEAD.split(" "))
    values = result.values("headline/does-not-fit")
    assert (values["over"], values["total"], values["fits_at"]) == ("3", "4", "34")


def test_size_that_the_finding_names_does_fit(faces: Faces) -> None:
    named = fit(LEAD, ACROSS, make_style("38..40"), faces).values("headline/does-not-fit")["fits_at"]
    assert fit(LEAD, ACROSS, make_style(f"{named}..40"), faces).fitted.over == 0


def test_headline_of_its_own_lines_that_does_not_fit_is_told_at_the_longest(faces: Faces) -> None:
    result = fit("甲乙丙\n甲乙丙丁戊己", pt(100), make_style("20..20"), faces)
    assert [(one.code, one.span) for one in result.findings.all()] == [("headline/does-not-fit", Span("lead.md", 4, 5))]
    assert result.fitted.over == 1


def test_full_stop_at_the_end_is_told_at_its_place(faces: Faces) -> None:
    result = fit("甲乙丙。", pt(400), make_style(), faces)
    assert [(one.code, one.span) for one in result.findings.all()] == [("headline/full-stop", Span("lead.md", 3, 8))]


def test_full_stop_of_a_note_is_its_own_business(faces: Faces) -> None:
    assert fit("甲乙丙。", pt(400), make_style(), faces, kind="note").codes == []


def test_empty_headline_has_no_lines_and_no_findings(faces: Faces) -> None:
    result = fit("", pt(400), make_style(), faces)
    assert (result.lines, result.codes) == ([], [])


def test_hostile_headline_costs_no_more_than_a_moment(faces: Faces) -> None:
    result = fit("字" * 5000, ACROSS, make_style(lines="1..3"), faces)
    assert result.codes == ["headline/does-not-fit"]


# Laws


@given(st.integers(2, 40), st.sampled_from([2, 3]))
def test_lines_of_plain_han_differ_by_one_character_at_most(faces: Faces, count: int, lines: int) -> None:
    set_lines = fit("囧" * count, pt(900), make_style(lines=f"{lines}..{lines}"), faces).lines
    assert max(map(len, set_lines)) - min(map(len, set_lines)) <= 1


NAMES = ("韩世军", "孙杰")
WORDS = [*NAMES, "甲", "乙丙", "高质量", " ", "，", "、", "“丁”", "《戊己》", "18.4%", "30家", "AI", "！"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map("".join)
texts_with_lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)
widths = st.integers(30, 420).map(pt)
styles = st.builds(
    make_style,
    st.sampled_from(["20..20", "20..40", "18..19"]),
    st.sampled_from(["1..1", "1..2", "2..3"]),
    tracking_least=st.sampled_from([-3, 0]),
    tracking_most=st.sampled_from([0, 20]),
    narrow_least=st.sampled_from([90, 100]),
)


@given(texts_with_lines, widths, styles)
def test_every_character_is_in_one_line_or_is_a_space_that_vanished(
    faces: Faces, text: str, width: int, style: TextStyle
) -> None:
    fitted = fit(text, width, style, faces, NAMES).fitted
    first = fitted.lines[0].start
    assert text[: fitted.paragraph.starts[first]].strip() == ""
    assert [first, *(line.end for line in fitted.lines)] == sorted(
        {first, len(fitted.paragraph), *(line.start for line in fitted.lines)}
    )
    for line in fitted.lines:
        assert text[fitted.paragraph.starts[line.drawn] : fitted.paragraph.starts[line.end]].strip() == ""


@given(texts_with_lines, widths, styles)
def test_every_line_fits_or_the_characters_too_many_are_counted(
    faces: Faces, text: str, width: int, style: TextStyle
) -> None:
    result = fit(text, width, style, faces, NAMES)
    fits = all(line.width <= width for line in result.fitted.lines)
    assert fits == (result.fitted.over == 0) == ("headline/does-not-fit" not in result.codes)


@given(texts_with_lines, widths, styles)
def test_setting_is_within_the_styles_limits(faces: Faces, text: str, width: int, style: TextStyle) -> None:
    fitted = fit(text, width, style, faces, NAMES).fitted
    assert style.size_least <= fitted.size <= style.size_most
    assert style.tracking_least <= fitted.tracking <= style.tracking_most
    assert style.narrow_least <= fitted.narrow <= style.narrow_most
    assert "\n" in text or len(fitted.lines) <= style.lines_most


@given(texts_with_lines, widths, styles)
def test_twice_is_the_same(faces: Faces, text: str, width: int, style: TextStyle) -> None:
    first, second = (fit(text, width, style, faces, NAMES) for _ in range(2))
    assert first.fitted == second.fitted
    assert first.findings.all() == second.findings.all()


@given(texts, widths, styles)
def test_no_name_is_divided_where_any_division_without_it_fits(
    faces: Faces, text: str, width: int, style: TextStyle
) -> None:
    result = fit(text, width, style, faces, NAMES)
    if "headline/unit-divided" not in result.codes or not any(divides_name(text, at) for at in starts(result.fitted)):
        return
    assert not any(
        not any(divides_name(text, at) for at in places) for places in every_division(text, width, style, faces)
    )


@given(texts, widths, styles)
def test_a_headline_is_over_only_where_no_division_fits(faces: Faces, text: str, width: int, style: TextStyle) -> None:
    if fit(text, width, style, faces, NAMES).fitted.over:
        assert not list(every_division(text, width, style, faces))


def starts(fitted: FittedHeadline) -> list[int]:
    return [fitted.paragraph.starts[line.start] for line in fitted.lines[1:]]


def divides_name(text: str, at: int) -> bool:
    return any(at - shift >= 0 and text.startswith(name, at - shift) for name in NAMES for shift in range(1, len(name)))


def every_division(text: str, width: int, style: TextStyle, faces: Faces) -> list[list[int]]:
    """By trial: the first characters of the lines after the first, of every division that fits at the tightest."""
    paragraph = shape_part(
        make_part(text), style, style.size_least, faces, Findings(),
        narrow=style.narrow_least, tracking=style.tracking_least,
    )  # fmt: skip
    count = len(paragraph)
    first = len(text) - len(text.lstrip())
    allowed = [at for at in range(1, count) if paragraph.breaks[at - 1] and paragraph.starts[at] > first]
    fits = {
        (start, end): set_single_line(paragraph, start, end).width <= width
        for start, end in combinations([0, *allowed, count], 2)
    }
    found = []
    for lines in range(min(style.lines_least, len(allowed) + 1), style.lines_most + 1):
        for places in combinations(allowed, lines - 1):
            if all(fits[pair] for pair in pairwise((0, *places, count))):
                found.append([paragraph.starts[at] for at in places])
    return found
