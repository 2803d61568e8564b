"""Where a headline may break by its sense (TY-92)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.typography import sense
from layout_engine.typography.sense import grade_breaks


def grade_before(text: str, names: tuple[str, ...] = ()) -> int:
    """The grade of the place that a | shows."""
    before, _, after = text.partition("|")
    return grade_breaks(before + after, names)[len(before) - 1]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("担当作为\n|推动", sense.EXPLICIT),
        ("担当作为 \n |推动", sense.EXPLICIT),
        ("担当作为 |推动", sense.SPACE),
        ("担当作为\u3000|推动", sense.SPACE),
        ("担当作为，|推动", sense.MARK),
        ("即墨：|打造", sense.MARK),
        ("“胶东花园”|建设", sense.MARK),
        ("《新即墨》|创刊", sense.MARK),
        ("工信局、|文旅局", sense.PAUSE),
        ("打造|“胶东花园”", sense.PAUSE),
        ("海关\u200b|联合", sense.PHRASE),
        ("推动|高质量发展", sense.ANYWHERE),
    ],
)
def test_places_are_graded_by_what_stands_there(text: str, grade: int) -> None:
    assert grade_before(text) == grade


@pytest.mark.parametrize(
    "text",
    [
        "增长18|.4%", "共3|～5年", "共3～|5年", "5|月17日", "5月|17日上午", "第3026|期", "第|3026期", "新增30|家",
        "第|十二届", "第十二|届", "投资5.2|亿元", "投资5.2亿|元", "提高3个|百分点", "超8万|平方米", "纪念5·|12",
    ],
)  # fmt: skip
def test_number_stays_with_what_it_counts(text: str) -> None:
    assert grade_before(text) == sense.UNIT


@pytest.mark.parametrize("text", ["增速|18.4%", "18.4%|创新高", "5月17日|上午", "30家|企业", "第3026期|出版"])
def test_place_beside_a_number_and_its_unit_is_free(text: str) -> None:
    assert grade_before(text) == sense.ANYWHERE


@pytest.mark.parametrize("text", ["5G|网络", "C919|客机", "G20|峰会"])
def test_digits_of_a_western_word_count_nothing(text: str) -> None:
    assert grade_before(text) == sense.ANYWHERE


def test_house_name_is_never_divided_lightly_and_its_beginning_is_a_joint_of_words() -> None:
    text = "在即墨韩世军讲话"
    grades = grade_breaks(text, ("韩世军",))
    assert grades[2] == sense.WORD
    assert set(grades[3:5]) == {sense.NAME}
    assert sense.NAME not in grade_breaks(text), "control: without the list there is no name"


def test_end_of_a_name_is_no_joint_because_a_longer_word_may_go_on() -> None:
    assert grade_before("青岛市即墨|区长", ("即墨",)) == sense.ANYWHERE


def test_overlapping_names_are_all_kept() -> None:
    grades = grade_breaks("青岛市即墨区政府", ("青岛市即墨", "即墨区政府"))
    assert set(grades[:-1]) == {sense.NAME}


def test_title_is_divided_at_its_space_before_anywhere_else_in_it() -> None:
    assert grade_before("学习《干在实处 |走在前列》心得") == sense.TITLE
    assert grade_before("学习《干在实|处 走在前列》心得") == sense.TITLE_ANYWHERE


def test_mark_without_a_partner_encloses_nothing() -> None:
    assert grade_before("他说“干在|实处") == sense.ANYWHERE
    assert grade_before("学习《干在实处“走在前”开|幕") == sense.ANYWHERE


WORD_PLACES = [
    ("增速|18.4%", sense.WORD), ("产业|增加值", sense.WORD), ("增加|值", sense.ANYWHERE),
    ("担当作为 |推动", sense.SPACE), ("干部|推动发展", sense.PHRASE), ("推动|发展", sense.WORD),
    ("会议|在我区举行", sense.PHRASE), ("会议在|我区举行", sense.ANYWHERE), ("工作|的通知", sense.ANYWHERE),
    ("工作的|通知", sense.WORD), ("小麦|和玉米", sense.WORD), ("小麦和|玉米", sense.ANYWHERE),
    ("我区三家|企业入选", sense.TIGHT), ("我区30家|企业入选", sense.TIGHT), ("缩短至六|分钟", sense.ANYWHERE),
    ("记者王|静", sense.TIGHT), ("区|图书馆", sense.TIGHT), ("在区|图书馆", sense.TIGHT), ("即墨区|图书馆", sense.WORD),
    ("“双碳”|目标", sense.PHRASE), ("《新即墨》|创刊", sense.PHRASE), ("学习《发展|规划》心得", sense.TITLE_WORD),
    ("学习《发|展规划》心得", sense.TITLE_ANYWHERE), ("C919|客机", sense.WORD), ("C9|19客机", sense.ANYWHERE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "grade"), WORD_PLACES)
def test_places_between_words_are_graded_by_the_words(text: str, grade: int) -> None:
    before, _, after = text.partition("|")
    assert grade_breaks(before + after, ("即墨",), words=True)[len(before) - 1] == grade


def test_name_of_the_house_is_a_word_for_sure() -> None:
    before, after = "田横", "岛景区"
    assert grade_breaks(before + after, ("田横岛",), words=True)[1] == sense.NAME
    assert grade_breaks(before + after, ("田横岛",), words=True)[2] == sense.WORD


TEXTS = st.text(st.sampled_from("甲乙丙第十3.5～%A，、“”《》年家 \n\u3000"), max_size=40)


@given(TEXTS)
def test_grades_are_one_a_character_and_none_follows_the_last(text: str) -> None:
    grades = grade_breaks(text, ("甲乙", "丙丙丙"))
    assert len(grades) == len(text)
    assert not grades or grades[-1] == sense.NEVER


@given(st.text(st.sampled_from("在即墨区的三家企业和第10推动A “”\n"), max_size=30))
def test_words_never_ease_what_else_is_kept_together(text: str) -> None:
    kept = (sense.EXPLICIT, sense.SPACE, sense.UNIT, sense.NAME, sense.NEVER)
    plain, worded = (grade_breaks(text, ("即墨",), words=words) for words in (False, True))
    assert [one for one in plain if one in kept] == [one for one in worded if one in kept]


@given(TEXTS)
def test_copys_own_break_stands_behind_every_run_with_a_newline_inside_the_text(text: str) -> None:
    stripped = text.strip()
    grades = grade_breaks(stripped, ("甲乙",))
    lines = [line for line in stripped.split("\n") if line.strip()]
    assert grades.count(sense.EXPLICIT) == max(0, len(lines) - 1)


@given(TEXTS)
def test_no_break_stands_before_a_space(text: str) -> None:
    grades = grade_breaks(text)
    assert all(grades[at] == sense.NEVER for at in range(len(text) - 1) if text[at + 1].isspace())
