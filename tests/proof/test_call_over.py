"""唱校: everything that is printed is said, in reading order, marks and line ends in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.proof.call_over import _SIGNS, call_over, spelled
from layout_engine.proof.placing import lines_of
from tests.kit.reference import NAMES
from tests.scene.test_record import records

BACK = {f"〔{words[0]}〕": sign for sign, words in _SIGNS.items() if sign != "／" and sign != "％"}
SAID = re.compile("|".join(map(re.escape, sorted(BACK, key=len, reverse=True))))


def read_back(text: str) -> str:
    """What was printed, from what is said."""
    without_ends = re.sub("〔(行末|段末)〕", "", text)
    without_codes = re.sub(r"〔生僻字 U\+[0-9A-F]+〕", "", without_ends)
    return SAID.sub(lambda found: BACK[found[0]], without_codes)


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_printed_is_said_in_its_order(name: str) -> None:
    for record in records(name):
        said = [line.partition("｜")[2] for line in call_over(record).splitlines() if "｜" in line]
        printed = ["".join(run.text for run in line.runs) for line in lines_of(record)]
        assert [read_back(line) for line in said] == [line.replace("／", "/").replace("％", "%") for line in printed]


@given(st.text(alphabet="".join(sorted({c for sign in _SIGNS for c in sign} - set("〔〕／％"))) + "汉字abc123"))
def test_no_mark_is_left_to_the_eye(text: str) -> None:
    said = spelled(text)
    assert not set(re.sub("〔[^〕]*〕", "", said)) & {c for sign in _SIGNS for c in sign}
    assert read_back(said) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("好，好。", "好〔逗号〕好〔句号〕"),
        ("——……", "〔破折号〕〔省略号〕"),
        ("18.4%", "18〔点〕4〔百分号〕"),
        ("\U00020bb7野家", "\U00020bb7〔生僻字 U+20BB7〕野家"),
    ],
)
def test_marks_are_said_in_the_trades_words(text: str, said: str) -> None:
    assert spelled(text) == said


def test_both_languages_have_their_words() -> None:
    assert spelled("好，", "en") == "好〔comma〕"
    assert "line end" in call_over(records()[0], "en")


def test_lines_bear_the_numbers_of_the_proof() -> None:
    lines = call_over(records()[0]).splitlines()
    lead = [line for line in lines[lines.index("【lead · story】") :] if "｜" in line]
    numbers = [int(found[1]) for line in lead if (found := re.match(r" *(\d+) ", line))]
    assert numbers[:20] == list(range(1, 21))


def test_a_paragraph_that_ends_is_told_from_a_line_that_ends() -> None:
    text = call_over(records()[0])
    paragraphs = {line.key for line in lines_of(records()[0])}
    assert text.count("〔段末〕") == len(paragraphs)
