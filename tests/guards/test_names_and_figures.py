"""What stands over a story stands in it; slips are told with what was meant."""

from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.base.source import read_at
from layout_engine.content.model import Part, Photo
from layout_engine.guards.figures import FiguresGuard
from layout_engine.guards.people import NamesGuard
from tests.guards.kit import codes, look, spec_of, story, values


def _figures(tmp_path: Path, headline: str, body: str) -> list[tuple[str, str, str]]:
    found = look(FiguresGuard(), spec_of(tmp_path), story("lead", body, headline=headline))
    return list(zip(codes(found), values(found, "typed"), values(found, "near"), strict=True))


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("增长三成", "同比增长30%。"),
        ("产业增速18.4%", "增长百分之十八点四。"),
        ("读者1.2万人", "读者一万二千人。"),
        ("考生一百二十名", "考生120名。"),
        ("五十六万亩小麦", "播种面积56.3万亩。"),
        ("三百多公里河堤", "水路386公里。"),
        ("步道12公里", "步道12000米。"),
        ("三条线路调整", "调整3条线路。"),
        ("一条心 一股劲", "大家都很努力。"),
        ("GDP突破800亿", "地区生产总值达到812.3亿元。"),
        ("2024年高考时间确定", "今年高考时间确定。"),
        ("1—4月出口增长", "今年前四个月出口增长。"),
        ("降价5折", "打五折销售。"),
        ("第十八届艺术节", "第18届艺术节。"),
    ],
)
def test_the_same_figure_in_another_writing_is_no_fault(tmp_path: Path, headline: str, body: str) -> None:
    assert _figures(tmp_path, headline, body) == []


@pytest.mark.parametrize(
    ("headline", "body", "told"),
    [
        ("172名考生", "全区127名考生。", ("figure-not-in-text", "172", "127")),
        ("增长四成", "增长30%。", ("figure-not-in-text", "四成", "30%")),
        ("1.2亿元", "投资1.2万元。", ("figure-not-in-text", "1.2亿元", "1.2万元")),
        ("步道12公里", "步道12米。", ("unit-differs", "12公里", "12米")),
        ("5月27日开工", "5月17日开工。", ("figure-not-in-text", "27", "17")),
        ("三条公交线路", "四条公交线路。", ("figure-not-in-text", "三", "四")),
    ],
)
def test_a_slip_is_told_with_what_was_meant(
    tmp_path: Path, headline: str, body: str, told: tuple[str, str, str]
) -> None:
    assert _figures(tmp_path, headline, body) == [told]


def test_a_figure_without_a_like_is_told_with_its_place(tmp_path: Path) -> None:
    found = look(FiguresGuard(), spec_of(tmp_path), story("lead", "有人来了。", headline="来了86人"))
    assert [str(one.span) for one in found] == ["articles/lead.md:1:3"]


def test_both_places_are_shown(tmp_path: Path) -> None:
    found = look(FiguresGuard(), spec_of(tmp_path), story("lead", "共127人。", headline="172人"))
    assert [str(place) for place in found[0].related] == ["articles/lead.md:2:2"]


def _photo(caption: str) -> Photo:
    part = Part("roof/caption", "caption", read_at(caption, "photos/roof.yaml", 2, 10))
    return Photo("roof", "photos/roof.jpg", Span("photos/roof.yaml"), 100, 100, "", part)


def test_a_caption_agrees_with_the_stories_of_its_page(tmp_path: Path) -> None:
    lead = story("lead", "韩世军说，屋顶有164根椽子。", headline="屋顶")
    spec = spec_of(tmp_path)
    assert look(FiguresGuard(), spec, lead, photos=(_photo("164根椽子。"),)) == ()
    assert codes(look(FiguresGuard(), spec, lead, photos=(_photo("146根椽子。"),))) == ["figure-not-in-text"]
    assert codes(look(NamesGuard(), spec, lead, photos=(_photo("韩世君在现场。"),))) == ["name-not-in-text"]


def _names(tmp_path: Path, note: str, body: str) -> list[tuple[str, str]]:
    found = look(NamesGuard(), spec_of(tmp_path), story("lead", body, headline="开会", note=note))
    return list(zip(values(found, "name"), values(found, "near"), strict=True))


@pytest.mark.parametrize(
    ("note", "body", "told"),
    [
        ("韩世君出席并讲话", "区委书记韩世军出席会议。", ("韩世君", "韩世军")),
        ("张伟明主持", "局长张维明主持会议。", ("张伟明", "张维明")),
        ("孙洁主持", "区长孙杰主持会议。", ("孙洁", "孙杰")),
        ("王宝善致辞", "会议开始。", ("王宝善", "")),
        ("张伟明出席", "会议开始。", ("张伟明", "")),
    ],
)
def test_a_name_that_the_text_does_not_have_is_told(
    tmp_path: Path, note: str, body: str, told: tuple[str, str]
) -> None:
    assert _names(tmp_path, note, body) == [told]


@pytest.mark.parametrize(
    ("note", "body"),
    [
        ("韩世军出席 孙　杰主持", "韩世军出席会议，孙杰主持。"),
        ("青岛市表彰", "青岛的代表到会。"),
        ("方案强调实效", "大家讨论了。"),
        ("全区出席人数创新高", "大家都来了。"),
        ("高新区主持召开", "会议召开。"),
        ("汤锅里的江湖", "写的是汤。"),
    ],
)
def test_what_is_no_name_or_stands_in_the_text_is_not_told(tmp_path: Path, note: str, body: str) -> None:
    assert _names(tmp_path, note, body) == []


def test_a_name_over_two_lines_is_one_name(tmp_path: Path) -> None:
    lead = story("lead", "韩世军讲话。", headline="区委书记韩世\n军讲话")
    assert look(NamesGuard(), spec_of(tmp_path), lead) == ()
