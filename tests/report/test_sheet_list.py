"""改动清单: nothing is lost between columns, nothing stands outside them, and a heading is never left alone."""

from functools import cache
from itertools import pairwise, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.base.units import pt
from layout_engine.diff.model import ChangeClass
from layout_engine.diff_report.sheet_list import Entry, Letters, list_entries, pack, referral
from layout_engine.diff_report.sheet_marks import Numbered
from layout_engine.faces.face import Face
from layout_engine.faces.opening import open_faces
from layout_engine.scene.items import GlyphRun
from tests.kit.reference import FONTS
from tests.report.kit import replace, text_change

WIDTH = pt(200)
HANG = 2 * pt(9)  # a closing mark may stand beyond the edge


@cache
def letters() -> Letters:
    faces = open_faces(FONTS, ["song", "hei", "hei-bold"]).value
    assert faces is not None
    song, hei, bold = (faces.chain(role).faces for role in ("song", "hei", "hei-bold"))
    return Letters((*song, *hei), (*hei, *song), (*bold, *song))


def face_of(key: str) -> Face:
    return next(face for face in (*letters().text, *letters().bold) if face.key == key)


def right_of(run: GlyphRun) -> int:
    face = face_of(run.face)
    return run.x + run.pens[-1] + int(face.hb_font.get_glyph_h_advance(run.gids[-1])) * run.size // face.upem


ENTRIES = st.lists(st.builds(Entry, st.integers(1, 40), st.just(()), st.booleans()), max_size=30)


@given(ENTRIES)
def test_columns_hold_every_entry_once_in_order(entries: list[Entry]) -> None:
    columns = list(pack(entries, repeat(100)))
    assert [entry for column in columns for entry in column] == entries
    assert all(sum(entry.height for entry in column) <= 100 for column in columns)
    assert all(column for column in columns)


@given(ENTRIES)
def test_a_heading_stands_above_something(entries: list[Entry]) -> None:
    columns = list(pack(entries, repeat(100)))
    for column, following in pairwise(columns):
        assert not column[-1].is_heading or following[0].is_heading


@given(
    st.text("汉字，。“” abc123/—…\n\u3000\x00\U0010ffff", max_size=200), st.sampled_from(["text", "reflow", "picture"])
)
def test_words_stay_in_their_column(text: str, kind: ChangeClass) -> None:
    change = replace(text_change(1, text), kind=kind)
    for entry in list_entries([Numbered(1234, change)], {}, WIDTH, letters(), "zh"):
        for item in entry.items:
            if isinstance(item, GlyphRun):
                assert right_of(item) <= WIDTH + HANG
                assert item.y <= entry.height


@pytest.mark.parametrize(("lang", "words"), [("zh", "见第3版"), ("en", "see page 3")])
def test_a_change_told_elsewhere_is_referred_to(lang: str, words: str) -> None:
    page = "第3版" if lang == "zh" else "page 3"
    entry = referral(Numbered(5, text_change(1)), page, letters(), "zh" if lang == "zh" else "en")
    said = "".join(item.text for item in entry.items if isinstance(item, GlyphRun))
    assert said.startswith("5")
    assert words in said
