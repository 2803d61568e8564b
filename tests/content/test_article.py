"""An article becomes parts in reading order; whatever is wrong with the file is said with its place."""

import pytest

from layout_engine.base.diagnostics import Outcome
from layout_engine.content.article import MAX_PARAGRAPHS, read_article
from layout_engine.content.intake import check_copy
from layout_engine.content.model import Story


def read(text: str | bytes, normalize: frozenset[str] = frozenset()) -> Outcome[Story]:
    data = text.encode() if isinstance(text, str) else text
    return read_article(data, "articles/a.md", "a", normalize)


def body(text: str) -> Outcome[Story]:
    return read(f"---\nheadline: 题\n---\n{text}")


def parts(outcome: Outcome[Story]) -> list[tuple[str, str]]:
    assert outcome.value is not None
    return [(part.key, part.text) for part in outcome.value.parts]


def findings(outcome: Outcome[Story]) -> list[tuple[str, int, int]]:
    return [(one.code, one.span.line, one.span.column) for one in outcome.diagnostics if one.span]


def test_parts_come_in_reading_order_with_their_keys() -> None:
    outcome = read(
        "---\nbyline: （甲 乙）\nnote: 丙主持\ndeck: 副题\nkicker: 引题\nheadline: |\n  主题一\n  主题二\n---\n"
        "首段。\n\n## 小标题\n\n次段。\n"
    )
    assert outcome.diagnostics == ()
    assert parts(outcome) == [
        ("a/kicker", "引题"),
        ("a/headline", "主题一\n主题二"),
        ("a/deck", "副题"),
        ("a/note", "丙主持"),
        ("a/body-1", "首段。"),
        ("a/crosshead-1", "小标题"),
        ("a/body-2", "次段。"),
        ("a/byline", "（甲 乙）"),
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("春播\n开始", "春播开始"),
        ("新型 Wi-Fi\nrouter 上市", "新型 Wi-Fi router 上市"),
        ("国产\nC919", "国产C919"),
        ("C919\n起飞", "C919起飞"),
        ("他说，\nABC", "他说，ABC"),
        ("A4\n*B5* 纸", "A4 B5 纸"),
        ("  春播\n　　开始  ", "春播开始"),
        ("春播\r\n开始", "春播开始"),
    ],
)
def test_source_lines_of_a_paragraph_join_with_a_space_between_western_words_only(lines: str, joined: str) -> None:
    assert parts(body(lines))[1] == ("a/body-1", joined)


def test_emphasis_is_kept_as_stretches_and_its_stars_are_noted() -> None:
    outcome = body("前*着重*，\n**特别\n着重**后。")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    part = outcome.value.parts[1]
    assert part.text == "前着重，特别着重后。"
    assert [(part.text[one.start : one.end], one.strength) for one in part.emphasis] == [
        ("着重", "emphasis"),
        ("特别着重", "strong"),
    ]
    assert [(one.text, one.span.line, one.span.column) for one in part.dropped] == [
        ("*", 4, 2), ("*", 4, 5), ("**", 5, 1), ("**", 6, 3),
    ]  # fmt: skip


def test_an_escaped_mark_is_an_ordinary_character() -> None:
    outcome = body(r"\*不是着重\*，\<!-- 不是附注 -->，\\，\# 号")
    assert outcome.diagnostics == ()
    assert parts(outcome)[1][1] == r"*不是着重*，<!-- 不是附注 -->，\，# 号"


def test_a_star_among_blanks_is_a_star() -> None:
    assert parts(body("3 * 5 = 15"))[1][1] == "3 * 5 = 15"


def test_a_comment_is_dropped_with_its_place_wherever_it_stands() -> None:
    outcome = body("<!-- 一 -->\n\n甲<!-- 二 -->乙\n<!-- 三\n\n三 -->\n丙。\n\n<!-- 四 -->\n")
    assert outcome.diagnostics == ()
    story = outcome.value
    assert story is not None
    assert parts(outcome)[1:] == [("a/body-1", "甲乙丙。")]
    assert [(one.text, one.span.line, one.span.column) for one in story.parts[1].dropped] == [
        ("<!-- 二 -->", 6, 2),
        ("<!-- 三\n\n三 -->", 7, 1),
    ]
    assert [(one.text, one.span.line) for one in story.dropped] == [("<!-- 一 -->", 4), ("<!-- 四 -->", 12)]
    assert story.parts[1].copy.span(2).line == 10


def test_a_comment_between_two_paragraphs_does_not_join_them() -> None:
    assert len(parts(body("甲。\n\n<!-- 注 -->\n\n乙。"))) == 3


def test_an_unclosed_comment_ends_with_its_paragraph_and_the_rest_is_still_read() -> None:
    outcome = body("甲。<!-- 注\n乙\n\n丙。")
    assert findings(outcome) == [("copy/unclosed-comment", 4, 3)]
    assert parts(outcome)[1:] == [("a/body-1", "甲。"), ("a/body-2", "丙。")]


@pytest.mark.parametrize(
    ("text", "construct"),
    [
        ("- 一项", "- …"),
        ("* 一项", "* …"),
        ("+ 一项", "+ …"),
        ("1. 一项", "1. …"),
        ("12) 一项", "12) …"),
        ("> 引文", "> …"),
        ("# 大标题", "# …"),
        ("### 小标题", "### …"),
        ("##没有空格", "##"),
        ("| 甲 | 乙 |", "| … |"),
        ("```\n代码\n```", "```"),
        ("~~~\n代码\n~~~", "~~~"),
        ("甲\n---", "---"),
        ("甲\n===", "==="),
        ("***", "***"),
        ("    缩进的代码", "    …"),
        ("\t缩进的代码", "    …"),
        ("甲  \n乙", "…␠␠"),
        ("甲\\\n乙", "…\\"),
        ("见[这里](http://a.cn)。", "[…](…)"),
        ("![图](a.jpg)", "![…](…)"),
        ("脚注[^1]。", "[^…]"),
        ("[甲]: http://a.cn", "[…]: …"),
        ("用`代码`。", "`…`"),
        ("换<br>行", "<…>"),
        ("</div>", "<…>"),
        ("甲&nbsp;乙", "&…;"),
        ("甲&#160;乙", "&…;"),
        ("~~删去~~", "~~…~~"),
        ("这是 _着重_ 。", "_…_"),
        ("***又重又斜***", "***"),
        ("**甲*乙*丙**", "**…*…*…**"),
        ("## 小标题 ##", "## … ##"),
    ],
)
def test_other_markdown_is_a_finding(text: str, construct: str) -> None:
    outcome = body(text)
    first = outcome.diagnostics[0]
    assert first.code == "copy/markdown-unsupported"
    assert dict(first.values) == {"construct": construct}


@pytest.mark.parametrize(
    "text",
    [
        "1.落实责任",
        "比分为 3 : 2",
        "#话题标签#",
        "a_b@example.com 与 snake_case_name",
        "5<6，而 7>6",
        "A&B 公司",
        "国发[2024]15号",
        "约~5天",
        "-5℃",
        "**2**024",
    ],
)
def test_plain_text_is_not_taken_for_markdown(text: str) -> None:
    assert body(text).diagnostics == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("copy/empty-file", 1, 1)]),
        (b"\n \n", [("copy/empty-file", 1, 1)]),
        ("---\nheadline: 题\n---\n春播".encode("gb18030"), [("copy/not-utf8", 2, 11)]),
        (b"x" * ((1 << 20) + 1), [("copy/too-large", 1, 1)]),
        ("---\nheadline: 题\n", [("copy/front-matter-unclosed", 1, 1)]),
        ("正文。", [("copy/no-front-matter", 1, 1)]),
        ("---\n---\n正文。", [("copy/missing-headline", 1, 1)]),
        ("---\nheadline:\n---\n正文。", [("copy/missing-headline", 1, 1)]),
        ("---\nheadline: 题\n---\n", [("copy/empty-body", 4, 1)]),
        ("---\nheadline: 题\n---\n<!-- 无 -->", [("copy/empty-body", 4, 1)]),
        ("---\nheadlin: 题\n---\n正文。", [("copy/unknown-key", 2, 1), ("copy/missing-headline", 1, 1)]),
        ("---\nheadline: [甲, 乙]\n---\n正文。", [("copy/not-text", 2, 11)]),
        ("---\nheadline: 题\nnormalize: [x]\n---\n正文。", [("copy/unknown-normalization", 3, 13)]),
        ("---\nheadline: 题\ndeck: 甲<!-- 注 -->\n---\n正文。", [("copy/markdown-unsupported", 3, 8)]),
        ("---\nheadline: 题\n---\n春*播。\n\n夏**收。", [
            ("copy/unclosed-emphasis", 4, 2), ("copy/unclosed-emphasis", 6, 2),
        ]),
        ("---\nheadline: 题\n---\n春\0播\x07。", [
            ("copy/control-character", 4, 2), ("copy/control-character", 4, 4),
        ]),
        ("---\nheadline: 题\ufffd\n---\n春\u202e播\ue123。", [
            ("copy/lost-character", 2, 12), ("copy/control-character", 4, 2), ("copy/private-character", 4, 4),
        ]),
    ],
)  # fmt: skip
def test_faults_of_the_file_are_all_found_with_their_places(data: bytes | str, expected: list[object]) -> None:
    assert findings(read(data)) == expected


def test_the_guessed_encoding_is_named() -> None:
    finding = read("---\nheadline: 春播开始\n---\n正文。".encode("gb18030")).diagnostics[0]
    assert dict(finding.values)["guess"] == "GBK"
    assert finding.hint("en") == "it looks like GBK: save it as UTF-8"


def test_an_unknown_key_names_the_nearest() -> None:
    finding = read("---\nheadline: 题\nkiker: 甲\n---\n正文。").diagnostics[0]
    assert dict(finding.values)["nearest"] == "kicker"


def test_a_mark_of_byte_order_is_no_text() -> None:
    assert read("\ufeff---\nheadline: 题\n---\n正文。").diagnostics == ()


def test_a_file_of_too_many_paragraphs_is_refused() -> None:
    outcome = body("甲\n\n" * (MAX_PARAGRAPHS + 1))
    assert [one.code for one in outcome.diagnostics] == ["copy/too-many-paragraphs"]


def test_the_accepted_edits_are_those_of_the_house_and_of_the_article() -> None:
    text = "---\nheadline: 题\nnormalize: [brackets]\n---\n春播(早稻)开始,结束。"
    story = read(text).value
    assert story is not None
    assert story.parts[1].text == "春播（早稻）开始,结束。"
    story = read(text, frozenset(("punctuation",))).value
    assert story is not None
    assert story.parts[1].text == "春播（早稻）开始，结束。"
    assert [(one.kind, one.span.column, one.applied) for one in story.parts[1].edits] == [
        ("brackets", 3, True), ("brackets", 6, True), ("punctuation", 9, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["<!--" * 50_000, "*" * 100_000, "[" * 100_000, "](" * 100_000, "\\" * 100_000, "“" * 100_000 + "）" * 50_000,
     "_ " * 100_000, "&" * 100_000, "5\"" * 50_000, ")" * 100_000, "（" * 100_000, "甲-" * 50_000, "\n" * 300_000,
     "甲 " * 100_000, "《甲" * 50_000 + "》" * 50_000],
)  # fmt: skip
def test_hostile_copy_takes_no_time(text: str) -> None:
    outcome = read(f"---\nheadline: 题\n---\n{text}", frozenset(("brackets", "quotes", "spaces", "dashes")))
    assert outcome.value is not None
    check_copy(outcome.value)
