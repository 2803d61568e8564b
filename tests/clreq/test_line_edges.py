"""Line start, line end, and what a break may not divide (避头尾与不可分): TY-30 to TY-39."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from layout_engine.spec.model_regions import (
    AdRegion,
    ArticleRegion,
    FolioRegion,
    MastheadRegion,
    PhotoRegion,
    TypedLine,
)
from layout_engine.spec.resolved import LineRules
from tests.clreq.forbidden import NEVER_FIRST, units
from tests.clreq.measure import Line
from tests.clreq.off import ANY_BREAK, HAN_ONLY, LETTERS_HELD, NO_TIES, NOT_JOINED
from tests.clreq.press import Press, Printed
from tests.clreq.rule import Switch, nothing, patched, rule, styled
from tests.clreq.texts import HARD, MEASURES, SWEEP, SWEEPS, sweep
from tests.kit.pages import EM, STYLES, grid, page_of, photo, story, text_style

ANYWHERE = ANY_BREAK | NO_TIES


def joints(
    press: Press, *paragraphs: str, measures: range = SWEEPS, **options: object
) -> Iterator[tuple[Line, Line]]:
    """Every two lines of one paragraph, in several measures."""
    for measure in measures:
        for text in paragraphs:
            yield from pairwise(press.set(text, measure=measure, **options))


def starts(press: Press, *paragraphs: str, **options: object) -> set[str]:
    return {after.text[0] for _, after in joints(press, *paragraphs, **options)}


def ends(press: Press, *paragraphs: str, **options: object) -> set[str]:
    return {before.text.rstrip(" 　")[-1] for before, _ in joints(press, *paragraphs, **options)}


@rule("TY-30", off=ANYWHERE)
@pytest.mark.parametrize("level", ["basic", "gb", "strict"])
def test_ty30_no_line_starts_with_a_forbidden_mark(press: Press, level: str) -> None:
    rules = LineRules(level=level)
    assert not starts(press, *HARD, rules=rules) & set(NEVER_FIRST[level])


@rule("TY-30", off=ANYWHERE)
@pytest.mark.parametrize("mark", [*"。？！，、；：”’」』）〕］｝》〉】〗·-～%℃‰々", "％"])
def test_ty30_each_mark_of_the_list_never_starts_a_line(press: Press, mark: str) -> None:
    copy = sweep(f"12{mark}" if mark in "%％℃‰" else mark)
    assert mark not in starts(press, copy)


@rule("TY-30", off=styled(rules=LineRules(level="basic")))
def test_ty30_from_level_gb_the_solidus_starts_no_line(press: Press) -> None:
    assert "／" not in starts(press, sweep("／"))


@rule("TY-30", off=styled(rules=LineRules(level="gb")))
@pytest.mark.parametrize("mark", ["——", "……"])
def test_ty30_at_level_strict_no_dash_or_ellipsis_starts_a_line(press: Press, mark: str) -> None:
    assert mark[0] not in starts(press, sweep(mark), rules=LineRules(level="strict"))


@rule("TY-31", off=ANYWHERE)
@pytest.mark.parametrize("mark", ["“", "‘", "「", "『", "（", "〔", "［", "｛", "《", "〈", "【", "〖", "￥", "±", "№"])
def test_ty31_no_opening_mark_or_prefix_ends_a_line(press: Press, mark: str) -> None:
    assert mark not in ends(press, sweep(mark, "8" if mark in "￥±№" else ""))


@rule("TY-31", off=styled(rules=LineRules(level="basic")))
def test_ty31_from_level_gb_the_solidus_ends_no_line(press: Press) -> None:
    assert "／" not in ends(press, sweep("／"))


@rule("TY-32", off=ANYWHERE)
def test_ty32_ascii_marks_follow_their_chinese_brothers(press: Press) -> None:
    for mark in ",.;:!?)]}":
        assert mark not in starts(press, sweep(mark))
    for mark in "([{":
        assert mark not in ends(press, sweep(mark))


@rule("TY-33", off=styled(rules=LineRules(level="strict")))
def test_ty33_dash_and_ellipsis_may_start_and_end_a_line(press: Press) -> None:
    assert {"—", "…"} <= starts(press, sweep("——"), sweep("……"))
    assert {"—", "…"} <= ends(press, sweep("——"), sweep("……"))


@rule("TY-34", off=ANYWHERE)
def test_ty34_the_prohibitions_hold_over_columns(press: Press) -> None:
    heads = []
    for rows in range(3, 9):
        lines = press.column(*HARD, measure=9, columns=4, rows=rows).lines
        heads += [line.text[0] for line, after in pairwise(lines)]
    assert heads
    assert not set(heads) & set(NEVER_FIRST["gb"])


@rule("TY-34", off=ANYWHERE)
def test_ty34_the_prohibitions_hold_in_captions_and_typed_lines(press: Press) -> None:
    found = []
    for measure in MEASURES:
        region = PhotoRegion(id="photo", photo="photo", columns="1", rows="1-40")
        on = grid(columns=1, measure=measure)
        styles = {**STYLES, "caption": press.style()}
        lines = press.page(page_of(region, on=on, styles=styles), photo("photo", 400, 100, HARD[0])).lines
        found += [line.text[0] for line in lines]
    assert len(found) > 50
    assert not set(found) & set(NEVER_FIRST["gb"])


def typed_starts(press: Press, copy: str) -> list[str]:
    """How the lines of a text begin that the page's spec types, in several widths."""
    found = []
    for measure in range(6, 18):
        ad = AdRegion(id="ad", columns="1", rows="1-40", lines=(TypedLine(text=press.copy(copy), style="typed"),))
        lines = press.page(page_of(ad, on=grid(columns=1, measure=measure))).lines
        found += [after.text[0] for _, after in pairwise(lines)]
    return found


@rule("TY-34", off=Switch(copy=(("，", "\n，"),)))
def test_ty34_the_prohibitions_hold_in_typed_lines(press: Press) -> None:
    found = typed_starts(press, "欢迎订阅，春播专刊，地址在即墨，电话见下")
    assert len(found) >= 20
    assert not set(found) & set(NEVER_FIRST["gb"])


@rule("TY-35", off=patched("layout_engine.typography.weighing._LAST_RESORT", 1))
def test_ty35_no_unit_is_divided_to_save_a_loose_line(press: Press) -> None:
    for copy in ("资产与0532-865678889，共计", "企业及COVID1234567，增长", "热线￥428381312345，开通"):
        for measure in (8, 9):  # the first line is two em narrower: what does not fit there goes to the next
            assert divided(press, copy, range(measure, measure + 1), indent=2 * EM) == [], measure


@rule("TY-35", off=LETTERS_HELD)
def test_ty35_what_is_too_long_is_divided_between_its_letters_first(press: Press) -> None:
    first, *_ = press.set("abcdefgh123456789012汉字", measure=8)
    assert first.text.isalpha()


@rule("TY-35", off=patched("layout_engine.typography.sums.LineSums._allow_last_resorts", nothing))
def test_ty35_where_no_break_is_to_be_had_nothing_is_lost_and_it_is_told(press: Press) -> None:
    copy = "汉字internationalization汉字）））））））））））））））））））））））。字"
    printed = press.column(copy, measure=8)
    assert "".join(line.text for line in printed.lines) == copy
    assert "page/last-resort" in printed.codes
    for line in printed.lines:
        assert line.glyphs[-1].x < 8


def divided(press: Press, copy: str, measures: range = SWEEPS, **options: object) -> list[tuple[str, str]]:
    """Lines that end inside a unit of the copy."""
    found = []
    for measure in measures:
        at = 0
        inside = {place for start, end in units(copy) for place in range(start + 1, end)}
        lines = press.set(copy, measure=measure, **options)
        for before, after in pairwise(lines):
            at = copy.index(before.text, at) + len(before.text)
            if at in inside:
                found.append((before.text, after.text))
    return found


@rule("TY-36", off=ANYWHERE | NOT_JOINED)
@pytest.mark.parametrize(
    "unit",
    [
        *("——", "……", "⋯⋯", "？！", "！！！"),  # a, b
        *("C919", "5G", "COVID", "it’s", "Office"),  # c
        *("18.4", "2,000", "8:30", "8∶30", "2024"),  # d
        *("￥1280", "±3", "+3"),  # e
        *("18.4%", "37℃", "5‰", "120°", "37％"),  # f
        *("0532-86567888", "1+3"),  # g
        *("100km", "5GHz"),  # h
    ],
)
def test_ty36_a_unit_is_never_divided(press: Press, unit: str) -> None:
    assert divided(press, sweep(unit)) == []


@rule("TY-36", off=ANYWHERE)
def test_ty36_a_sign_may_start_a_line_and_a_connector_may_not(press: Press) -> None:
    assert all(before.text[-1] != "-" for before, _ in joints(press, sweep("-5")))
    assert "-" not in starts(press, sweep("青-岛"))


@rule("TY-36", off=ANYWHERE)
@pytest.mark.parametrize("join", ["\u2060", "\u00a0", "\u202f"])
def test_ty36_a_joiner_keeps_its_neighbours_together(press: Press, join: str) -> None:
    for before, after in joints(press, sweep(f"甲{join}乙")):
        assert (before.text[-1], after.text[0]) != ("甲", "乙")
        assert join not in (before.text[-1], after.text[0])


@rule("TY-36", off=Switch(copy=(("\U000e0100", "字"), ("\ufe00", "字"), ("\u0301", "x"), ("\u200d", "字"))) | ANYWHERE)
@pytest.mark.parametrize(("base", "mark"), [("葛", "\U000e0100"), ("芦", "\ufe00"), ("e", "\u0301"), ("甲", "\u200d")])
def test_ty36_a_base_keeps_its_selector_accent_or_joiner(press: Press, base: str, mark: str) -> None:
    for measure in SWEEPS:
        lines = press.set(sweep(f"{base}{mark}"), measure=measure)
        text = "".join(line.text for line in lines)
        assert sum(line.text.count(f"{base}{mark}") for line in lines) == 12, text


@rule("TY-36", off=patched("layout_engine.typography.edges._JOINER", "\uffff"))
def test_ty36_a_sequence_of_joiners_is_never_divided(press: Press) -> None:
    for before, after in joints(press, sweep("甲\u200d乙\u200d丙")):
        assert (before.text[-1], after.text[0]) not in (("甲", "乙"), ("乙", "丙"), ("\u200d", "乙"), ("\u200d", "丙"))


ADDRESS = "https://www.example.com.cn/news/2024?id=3&page=21"


@rule("TY-37", off=patched("layout_engine.typography.edges._open_addresses", nothing))
def test_ty37_an_address_breaks_at_its_marks_without_a_hyphen(press: Press) -> None:
    for measure in range(8, 16):
        lines = press.set(f"网址{ADDRESS}开通", measure=measure)
        assert "".join(line.text for line in lines) == f"网址{ADDRESS}开通"
        for before, after in pairwise(lines):
            if before.text[-1].isascii() and after.text[0].isascii():
                assert before.text[-1] in "/?&=-" or after.text[0] in ".#@", (before, after)


@rule("TY-37", off=HAN_ONLY)
def test_ty37_a_line_may_end_after_a_hyphen_between_letters(press: Press) -> None:
    assert any(before.text.endswith("self-") for before, _ in joints(press, sweep("self-evaluation")))


@rule("TY-37", off=ANYWHERE)
@pytest.mark.parametrize("word", ["Covid-19", "e-mail", "X-ray"])
def test_ty37_a_line_does_not_end_after_a_hyphen_beside_a_digit_or_a_short_part(press: Press, word: str) -> None:
    assert not any(before.text.endswith("-") for before, _ in joints(press, sweep(word)))


@rule("TY-37", off=HAN_ONLY)
def test_ty37_lines_may_end_between_han_and_western_and_at_spaces(press: Press) -> None:
    copies = sweep("Abc"), sweep("Abc def"), sweep("2024")
    pairs = {(before.text.rstrip()[-1], after.text[0]) for before, after in joints(press, *copies)}
    assert any(left in SWEEP and right in SWEEP for left, right in pairs)
    assert any(left in "cf4" and right in SWEEP for left, right in pairs)
    assert any(left in SWEEP and right in "A2" for left, right in pairs)
    assert ("c", "d") in pairs


@rule("TY-38", off=NO_TIES)
@pytest.mark.parametrize(
    ("left", "right"),
    [("30", "家"), ("5", "月"), ("52", "亿元"), ("第", "30期"), ("3～", "5"), ("《诗", "经》"), ("（图", "片）")],
)
def test_ty38_what_belongs_together_is_divided_less_often(press: Press, left: str, right: str) -> None:
    def cuts(at: Press) -> int:
        found = joints(at, sweep(left + right), measures=range(12, 25))
        return sum(before.text.endswith(left) and after.text.startswith(right) for before, after in found)

    tied = cuts(press)
    with NO_TIES.thrown() as loose:
        by_chance = cuts(loose)
    assert tied <= by_chance * 0.6


def name_cuts(press: Press, left: str, right: str, names: tuple[str, ...]) -> int:
    """How often a line ends between these two."""
    copy = sweep(left + right)
    count = 0
    for measure in range(12, 25):
        region = ArticleRegion(id="lead", story="lead", columns="1", rows="1-60")
        on = grid(columns=1, measure=measure, rows=60)
        lines = press.page(page_of(region, on=on, styles=press.styles()), story("lead", copy), names=names).lines
        count += sum(one.text.endswith(left) and two.text.startswith(right) for one, two in pairwise(lines))
    return count


@rule("TY-38", off=NO_TIES)
def test_ty38_a_name_and_its_title_are_divided_less_often(press: Press) -> None:
    pairs = (("王", "静"), ("韩世", "军"), ("书记", "王静"), ("王静", "市长"))
    tied, by_chance = (
        sum(name_cuts(press, left, right, names) for left, right in pairs) for names in (("王静", "韩世军"), ())
    )
    assert tied <= by_chance * 0.6


def folio(press: Press, text: str, columns: str = "1") -> Printed:
    region = FolioRegion(id="folio", columns=columns, rows="1", text=press.copy(text), style="folio")
    return press.page(page_of(region))


DATE = "2024年5月21日 农历四月十四"


@rule("TY-39", off=Switch(copy=((DATE, "日"),)))
def test_ty39_a_date_that_overflows_the_folio_is_an_error_and_no_break(press: Press) -> None:
    printed = folio(press, f"{DATE} 第3026期")
    (line,) = printed.lines
    assert line.text.replace(" ", "") == f"{DATE} 第3026期".replace(" ", "")
    assert [one.severity for one in printed.laid.diagnostics if one.code == "page/folio-too-wide"] == ["error"]


@rule("TY-39", off=Switch(copy=((DATE, DATE * 3),)))
def test_ty39_a_date_that_fits_is_set_on_one_line(press: Press) -> None:
    printed = folio(press, DATE, "1-2")
    assert len(printed.lines) == 1
    assert printed.codes == []


@rule("TY-39", off=Switch(copy=((" 第3026期", ""),)))
def test_ty39_a_masthead_line_that_overflows_is_an_error_and_no_break(press: Press) -> None:
    one_line = {**STYLES, "typed": text_style("typed", indent=0, lines_most=1)}
    typed = TypedLine(text=press.copy("二〇二四年五月二十一日 第3026期"), style="typed")
    region = MastheadRegion(id="masthead", art="art.svg", columns="1", rows="1-8", lines=(typed,))
    printed = press.page(page_of(region, styles=one_line))
    assert len(printed.lines) == 1
    assert [one.severity for one in printed.laid.diagnostics if one.code == "headline/does-not-fit"] == ["error"]
