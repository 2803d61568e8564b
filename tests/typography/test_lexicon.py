"""Into which words a headline falls, by the bundled list."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.typography import lexicon
from layout_engine.typography.lexicon import word_ends

WORDS = Path(lexicon.__file__).parent / "words"


def words(text: str, *whole: tuple[int, int]) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *word_ends(text, whole)))]


@pytest.mark.parametrize(
    "divided",
    [
        "一季度|全区|新能源|新材料|产业|增加值|增速",
        "首届|乡村|马拉松|鸣枪开跑|三千名|选手|参赛",
        "古建|修缮|队|用|七个月|补|好|一座|屋顶",
        "间隔|缩短|至|六分钟",
        "三千多位|老人",
        "农村|寄递|物流|体系|打通|最后一公里",
        "国产大飞机|C919|零部件|生产线",
        "千方百计|保供",
    ],
)
def test_text_falls_into_its_likeliest_words(divided: str) -> None:
    assert words(divided.replace("|", "")) == divided.split("|")


def test_what_is_whole_for_sure_is_one_word() -> None:
    assert words("田横岛") == ["田", "横", "岛"], "control: the list has no such name"
    assert words("去田横岛观光", (1, 4)) == ["去", "田横岛", "观光"]


def test_characters_that_no_word_has_stand_alone() -> None:
    assert words("囧囧囧") == ["囧", "囧", "囧"]
    assert words("") == []


@given(st.text(max_size=40))
def test_words_tile_any_text(text: str) -> None:
    assert "".join(words(text)) == text
    assert all(words(text))


@given(st.text(st.sampled_from("推动高质量发展一二三万名选手"), max_size=30))
def test_every_listed_word_found_is_listed(text: str) -> None:
    lines = {line[0]: line for line in (WORDS / "words.txt").read_text(encoding="utf-8").splitlines()}
    for word in words(text):
        if len(word) > 1 and word[0] not in lexicon.FIGURES:
            assert any(entry[:-1] == word[1:] for entry in lines[word[0]].split(" ")), word


def test_list_is_sorted_small_and_of_one_line_a_character() -> None:
    lines = [one for one in (WORDS / "words.txt").read_bytes().split(b"\n") if one and not one.startswith(b"#")]
    firsts = [line.decode()[0] for line in lines]
    assert firsts == sorted(set(firsts))
    assert (WORDS / "words.txt").stat().st_size < 600_000


def test_our_own_words_are_in_the_list() -> None:
    ours = (WORDS / "more.txt").read_text(encoding="utf-8").splitlines()
    missing = [
        word
        for line in ours
        if not line.startswith("#")
        for word in line.split()
        if len(word) < 6 and word not in _all_words(word[0])
    ]
    assert missing == [], "run layout_engine/typography/words/make.py"


def _all_words(first: str) -> set[str]:
    return {first + rest for rest in lexicon._listed(first)}


def test_list_is_not_read_before_a_headline_needs_it() -> None:
    code = "from layout_engine.typography import headline, lexicon; print(lexicon._lines.cache_info())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "currsize=0" in done.stdout
