"""The exact edits of TY-100 to TY-112, each with what must stay as it is."""

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.base.source import read_at
from layout_engine.content.intake import check_copy, check_raw
from layout_engine.content.model import Part, Story
from layout_engine.content.model import PartKind as Kind
from layout_engine.content.normalize import NORMALIZATIONS, normalize_part, propose_edits

ALL = frozenset(NORMALIZATIONS)


def part(text: str, kind: Kind = "body") -> Part:
    return Part("a/body-1", kind, read_at(text, "articles/a.md", 4, 1))


def normalized(text: str, kind: Kind = "body") -> str:
    return normalize_part(part(text, kind), ALL).text


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        ("春播开始,农机下地。", "春播开始，农机下地。", {"TY-100"}),
        ("今年播种24万亩,比去年多。", "今年播种24万亩，比去年多。", {"TY-100"}),
        ("使用GPS,北斗也可以。", "使用GPS，北斗也可以。", {"TY-100"}),
        ("时间:5月", "时间：5月", {"TY-100"}),
        ("真好!", "真好！", {"TY-100"}),
        ("好吗?好;不好", "好吗？好；不好", {"TY-100"}),
        ("春播结束.", "春播结束。", {"TY-100"}),
        ("他说“好”.", "他说“好”。", {"TY-100"}),
        ("(秦贞燕)", "（秦贞燕）", {"TY-101"}),
        ("（秦贞燕)", "（秦贞燕）", {"TY-101"}),
        ("加入世界贸易组织(WTO)以来", "加入世界贸易组织（WTO）以来", {"TY-100"}),
        ("新品（GUSH)上市", "新品（GUSH）上市", {"TY-100"}),
        ("甲(乙(丙)丁)戊", "甲（乙（丙）丁）戊", {"TY-101"}),
        ('他说"春播开始",又说"好"。', "他说“春播开始”，又说“好”。", {"TY-104", "TY-100"}),
        ("他说'好'。", "他说‘好’。", {"TY-104"}),
        ('推广"5G"应用', "推广“5G”应用", {"TY-104"}),
        ("春播、夏收...", "春播、夏收……", {"TY-105"}),
        ("春播、夏收。。。", "春播、夏收……", {"TY-105"}),
        ("等等…不多", "等等……不多", {"TY-105"}),
        ("等等………", "等等……", {"TY-105"}),
        ("春播--一年之计", "春播——一年之计", {"TY-105"}),
        ("“好”—他说", "“好”——他说", {"TY-105"}),
        ("春播──一年之计", "春播——一年之计", {"TY-105"}),
        ("面积２４．５万亩", "面积24.5万亩", {"TY-106"}),
        ("Ａ级", "A级", {"TY-106"}),
        ("马可・波罗", "马可·波罗", {"TY-107"}),
        ("纪念“5•12”", "纪念“5·12”", {"TY-107"}),
        ("记者  王静", "记者 王静", {"TY-43"}),
        ("春播， 开始", "春播，开始", {"TY-42"}),
        ("春播 ，开始", "春播，开始", {"TY-42"}),
        ("需要3-5天", "需要3—5天", {"TY-112"}),
        ("增长10%-20%。", "增长10%—20%。", {"TY-112"}),
        ("青岛-烟台航线", "青岛—烟台航线", {"TY-112"}),
        ("气温18~25℃", "气温18～25℃", {"TY-112"}),
        ("出苗率63～68%。", "出苗率63%～68%。", {"TY-48"}),
        ("二○二四年、二0二五年", "二〇二四年、二〇二五年", {"TY-48"}),
    ],
)
def test_an_edit_is_offered_and_brings_the_text_into_form(before: str, after: str, rules: set[str]) -> None:
    edits = propose_edits(part(before))
    assert {edit.rule for edit in edits} == rules
    assert not any(edit.applied for edit in edits)
    assert normalized(before) == after
    assert propose_edits(part(after)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "上午8:30开会，比分为3:2。",
        "增长18.4%，共2000人。",
        "电话0532-86567888，热线400-800-1234。",
        "电话(0532)86567888转801。",
        "网址https://www.a.com/b?c=1,2和邮箱a-b@c.com。",
        "执行GB/T 15834-2011标准。",
        "2024-05-21出版。",
        "C919客机和F-16战机、5G网络。",
        "函数f(x)的值。",
        "他说It's fine, OK? (really)然后走了。",
        "以3-2获胜，住在3-2号楼。",
        "1)落实责任；2)加强领导。",
        "1.落实责任。",
        "No.1仓库，A.M.时段。",
        "1965年—2024年，北京—上海高铁。",
        "王静（1965年—）是作家。",
        "春播——一年之计……开始了！？",
        "…………",
        "记者 王静 摄",
        "走在前 显担当 作贡献",
        "到会。 本报记者 王静",
        "Windows 11 与 Wi-Fi 的关系",
        '55"屏幕和6\'2"的身高',
        "约翰·史密斯和“5·12”。",
        "GUSH (tea), since 1998...",
        "一一对应，独一无二。",
        "占63%～68%，增长0.5%—1.5%。",
        "二〇二四年，一九八四年，三四年前，O型血，2,3,5三个数。",
        "后来的乾坤与瞭望、着作权",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert propose_edits(part(text)) == ()


@pytest.mark.parametrize(
    ("text", "kind", "after"),
    [
        ("春播、夏收…………都要用水。", "doubtful", "……"),
        ("约翰.史密斯来访。", "doubtful", "。"),
        ("读《春》、《秋》两书。", "series", ""),
        ("他说：“这叫“春播”。”", "nesting", "‘"),
        ("⽉份到了。", "forms", "月"),
        ("\uf900有此理。", "forms", "\u8c48"),
        ("春播開始。", "forms", "开"),
        ("共1,280亩。", "doubtful", "1280"),
    ],
)
def test_an_edit_that_needs_a_person_is_offered_and_never_applied(text: str, kind: str, after: str) -> None:
    edit = propose_edits(part(text))[0]
    assert (edit.kind, edit.after) == (kind, after)
    assert normalized(text) == text


def test_a_space_beside_a_mark_stays_in_a_headline() -> None:
    assert normalized("抓春播， 保夏收", "headline") == "抓春播， 保夏收"


def test_an_edit_stands_at_the_place_of_what_it_replaces() -> None:
    edited = normalize_part(part("甲,乙...丙(丁)"), ALL)
    assert edited.text == "甲，乙……丙（丁）"
    assert [edited.copy.span(at).column for at in range(len(edited.text))] == [1, 2, 3, 4, 4, 7, 8, 9, 10]
    assert [(edit.before, edit.after, edit.span.column) for edit in edited.edits] == [
        (",", "，", 2), ("...", "……", 4), ("(", "（", 8), (")", "）", 10),
    ]  # fmt: skip


def found(*texts: str) -> list[tuple[str, int, int]]:
    parts = tuple(
        Part(f"a/body-{at}", "body", read_at(text, "articles/a.md", at, 1)) for at, text in enumerate(texts, 1)
    )
    story = Story("a", "articles/a.md", Span("articles/a.md"), parts)
    return [(one.code, one.span.line, one.span.column) for one in check_copy(story) if one.span]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("他说“春播开始了。",), [("copy/unpaired-mark", 1, 3)]),
        (("他说春播开始了”。",), [("copy/unpaired-mark", 1, 8)]),
        (("他说“甲（乙”丙）。",), [("copy/crossed-marks", 1, 7)]),
        (("他说：“第一段。", "“第二段。”"), []),
        (("他说：“第一段。", "第二段。”"), [("copy/unpaired-mark", 1, 4), ("copy/unpaired-mark", 2, 5)]),
        (("It’s the students’ 春播。",), []),
        (("1)落实责任。", "a）加强领导。"), []),
        (("他说：“这叫‘春播’。”",), []),
        (("《读〈春〉》出版。",), []),
        (("《读《春》》出版。",), [("copy/nesting", 1, 3)]),
        (("春播，，开始。",), [("copy/points-in-a-row", 1, 3)]),
        (("春播！。",), [("copy/points-in-a-row", 1, 3)]),
        (("真的？！真的！！！",), []),
        (("他读《春播。》。",), [("copy/points-in-a-row", 1, 6)]),
        (("《怎么办？》出版。",), []),
        (("他说'好。",), [("copy/straight-quote", 1, 3)]),
    ],
)
def test_marks_that_need_a_person_are_found(texts: tuple[str, ...], expected: list[object]) -> None:
    assert found(*texts) == expected


def test_raw_text_is_looked_at_for_marks_too() -> None:
    raw = "# 题\n\n春播(早稻)开始，\n农机“下地。\n\nABC\nDEF 是西文。\n".encode()
    outcome = check_raw(raw, "raw.txt")
    assert outcome.value == 3
    assert [(one.code, one.span.line, one.span.column) for one in outcome.diagnostics if one.span] == [
        ("copy/half-width-brackets", 3, 3),
        ("copy/unpaired-mark", 4, 3),
    ]


def test_a_traditional_form_is_told_once_a_paragraph_and_a_japanese_one_without_a_form() -> None:
    edits = propose_edits(part("開会開幕，図書館。"))
    assert [(edit.before, edit.after) for edit in edits] == [("開", "开"), ("書", "书"), ("館", "馆")]
    assert ("copy/foreign-form", 1, 6) in found("開会開幕，図書館。")
