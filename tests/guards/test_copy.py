"""Filler, repeated copy, doubled words, punctuation, the house's words: found, and nothing else is."""

from pathlib import Path

import pytest

from layout_engine.guards.doubled import DoubledGuard
from layout_engine.guards.filler import FillerGuard
from layout_engine.guards.guard import Earlier
from layout_engine.guards.punctuation import PunctuationGuard
from layout_engine.guards.repeated import RepeatedGuard
from layout_engine.guards.words import WordsGuard
from tests.guards.kit import codes, look, spec_of, story, values

_LONG = (
    "全区小麦播种面积五十六万亩，良种覆盖率达到百分之九十八，农技人员已经下到地头，抓好灌浆期的田间管理，备足收割机具。"
)


@pytest.mark.parametrize(
    "text",
    ["此处为正文内容", "Lorem ipsum dolor", "待定", "（待定）出席", "张×××说", "标题标题", "测试", "明天TK。", "XXX说"],
)
def test_filler_is_found(tmp_path: Path, text: str) -> None:
    assert set(codes(look(FillerGuard(), spec_of(tmp_path), story("lead", text)))) == {"filler"}


@pytest.mark.parametrize("text", ["测试结果公布", "日期待定。", "此处为古城遗址", "每边3×5米", "标题党", "□ 秦小满"])
def test_copy_that_looks_like_filler_is_left(tmp_path: Path, text: str) -> None:
    assert look(FillerGuard(), spec_of(tmp_path), story("lead", text)) == ()


def test_one_story_twice_in_an_issue_is_found_whatever_was_changed_at_its_ends(tmp_path: Path) -> None:
    found = look(RepeatedGuard(), spec_of(tmp_path), story("a", _LONG), story("b", f"记者获悉，{_LONG}丰收在望。"))
    assert codes(found) == ["story-twice"]


def test_different_stories_are_not_alike(tmp_path: Path) -> None:
    other = (
        "区图书馆“夏日漂流”活动昨天启动，首批投放图书六千册，分布在城区四十二个漂流点，不用办证，看完放回任意一处即可。"
    )
    assert look(RepeatedGuard(), spec_of(tmp_path), story("a", _LONG), story("b", other)) == ()


def test_an_earlier_issue_is_named_by_its_date(tmp_path: Path) -> None:
    earlier = (Earlier("2024-05-20", story("old", _LONG)),)
    found = look(RepeatedGuard(), spec_of(tmp_path), story("a", _LONG), earlier=earlier)
    assert (codes(found), values(found, "date")) == (["printed-before"], ["2024-05-20"])


def test_a_paragraph_that_stands_twice_is_found_once(tmp_path: Path) -> None:
    found = look(RepeatedGuard(), spec_of(tmp_path), story("a", _LONG, "别的一段。", _LONG))
    assert codes(found) == ["paragraph-twice"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("推动我们我们的工作", "我们"), ("美丽的的家乡", "的"), ("来了了三个人", "了"), ("see the the end 吧", "the"),
     ("在即墨区即墨区召开", "即墨区")],
)  # fmt: skip
def test_a_doubled_word_is_found(tmp_path: Path, text: str, word: str) -> None:
    assert values(look(DoubledGuard(), spec_of(tmp_path), story("lead", text)), "word") == [word]


@pytest.mark.parametrize(
    "text",
    [
        "的的确确",
        "这里的的士",
        "来了了解情况",
        "稳定和和平",
        "正在在建",
        "实实在在在这里",
        "研究研究",
        "一个一个",
        "不甚了了",
        "和和美美",
        "是是非非",
        "had had",
        "哗啦哗啦",
    ],
)
def test_words_that_chinese_doubles_are_left(tmp_path: Path, text: str) -> None:
    assert look(DoubledGuard(), spec_of(tmp_path), story("lead", text)) == ()


def test_a_word_at_the_end_of_a_paragraph_and_the_start_of_the_next_is_found(tmp_path: Path) -> None:
    found = look(DoubledGuard(), spec_of(tmp_path), story("lead", "实现上半年时间任务", "任务“双过半”。"))
    assert values(found, "word") == ["任务"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("真的吗！？", "marks-order"),
        ("来了三、四十人", "pause-in-number"),
        ("苹果、桃……等", "ellipsis-and-others"),
        ("他说：“好。”。", "stop-at-quote"),
        ("“好。”，他说。", "stop-at-quote"),
        ("这次会议决定三件事：一要抓紧：不能等。", "colon-twice"),
    ],
)
def test_a_fault_of_punctuation_is_found(tmp_path: Path, text: str, code: str) -> None:
    assert codes(look(PunctuationGuard(), spec_of(tmp_path), story("lead", text))) == [code]


@pytest.mark.parametrize(
    "text",
    ["真的吗？！", "三四十人", "一、二年级", "三、四版", "等……再说", "他说：“好。”", "“好”，他说。",
     "他说：“记住：要快。”", "比分3：2，时间8：30。"],
)  # fmt: skip
def test_good_punctuation_is_left(tmp_path: Path, text: str) -> None:
    assert look(PunctuationGuard(), spec_of(tmp_path), story("lead", text)) == ()


_WORDS = """
words:
  must:
    - {reason: 出版规定, words: [{word: 国内统一刊号}, {word: 消防电话119, when: 火灾}]}
  must_not:
    - {reason: 社规第三条, words: [{word: 盲流, use: 外来务工人员}, {word: 老头, except: [老头乐]}]}
  prefer:
    - {reason: 统一用字, words: [{word: 帐户, use: 账户}]}
"""


def test_no_list_no_finding(tmp_path: Path) -> None:
    assert look(WordsGuard(), spec_of(tmp_path), story("lead", "盲流、老头、帐户。")) == ()


def test_the_words_of_the_house_are_found_with_what_to_write_and_why(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, house=_WORDS)
    found = look(WordsGuard(), spec, story("lead", "国内统一刊号 盲流 帐户"))
    assert [(one.code, one.hint("zh")) for one in found] == [
        ("guard/word-forbidden", "改用“外来务工人员”（社规第三条）"),
        ("guard/word-preferred", "统一用字"),
    ]


def test_a_word_may_stand_in_the_contexts_that_its_entry_excepts(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, house=_WORDS)
    found = look(WordsGuard(), spec, story("lead", "国内统一刊号 买了老头乐，老头很高兴"))
    assert [one.span.column for one in found if one.span] == [14]


def test_a_word_that_must_be_there_is_missed(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, house=_WORDS)
    found = look(WordsGuard(), spec, story("lead", "发生火灾。"))
    assert values(found, "word") == ["国内统一刊号", "消防电话119"]
    assert look(WordsGuard(), spec, story("lead", "国内统一刊号。发生火灾，拨打消防电话119。")) == ()
