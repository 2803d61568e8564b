"""A session's build is a cold build's, byte for byte, whatever was edited before it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from layout_engine.pdf.profile import MODEL_ICC
from layout_engine.session import Session
from tests.pipeline.conftest import PAGE, PHOTO_REGION, Made, Paper, made, picture

LEAD = "articles/lead.md"
SECOND = "articles/second.md"
HOUSE = "../house/paper.yaml"
ICC_YEAR = 25  # a byte of the header that no colour hangs on
THIRD = "---\nheadline: 添了一篇\n---\n第三篇稿件，{}\n"
THIRD_REGION = "\n  - {id: third, kind: story, story: third, columns: 4-5, rows: 50-64, headline: {style: second}}\n"


class Desk:
    """A session at work on a paper, compared with a cold build after every edit."""

    def __init__(self, paper: Paper, elsewhere: Path) -> None:
        self.paper = paper
        self.session = Session(paper.issue, out=paper.out, fonts=paper.fonts)
        self._elsewhere = elsewhere
        self._copies = 0

    def build(self) -> Made:
        """The session's build, the same as a cold one in a fresh folder."""
        self._copies += 1
        cold = made(self.paper.copy_to(self._elsewhere / str(self._copies)).build_cold())
        warm = made(self.session.build())
        assert warm == cold
        return warm


@pytest.fixture
def desk(paper: Paper, tmp_path: Path) -> Desk:
    return Desk(paper, tmp_path / "elsewhere")


def codes(built: Made) -> list[str]:
    return [one.code for one in built.diagnostics]


def test_a_day_of_edits_gives_what_cold_builds_give(desk: Desk) -> None:
    paper = desk.paper
    first = desk.build()
    assert codes(first) == []
    assert desk.build() == first

    def word() -> None:
        paper.edit(LEAD, "今天的头条", "明天的头版")

    def story_added() -> None:
        paper.write("articles/third.md", THIRD.format("写得不长。"))
        paper.edit(PAGE, PHOTO_REGION, PHOTO_REGION + THIRD_REGION)

    def photo_replaced() -> None:
        picture(paper.issue / "photos/sea.png", red=20)

    def caption() -> None:
        paper.edit("photos/sea.yaml", "海边", "山上")

    def style() -> None:
        paper.edit(HOUSE, "size: 28pt..40pt", "size: 24pt..30pt")

    def page_file() -> None:
        paper.edit(PAGE, "rows: 4+", "rows: 5+")

    def issue_number() -> None:
        paper.edit("issue.yaml", "number: 1 ", "number: 27 ")

    def faces() -> None:
        catalog = paper.fonts / "fonts.yaml"
        catalog.write_text(
            catalog.read_text(encoding="utf-8").replace("faces: [hei-bold, hei-rare]", "faces: [hei, hei-rare]"),
            encoding="utf-8",
        )

    before = first.files
    for edit in (word, story_added, photo_replaced, caption, style, page_file, issue_number, faces):
        edit()
        after = desk.build().files
        assert after.keys() == before.keys(), edit.__name__
        assert after != before, edit.__name__  # each shows in print
        before = after


def test_fonts_yaml_touched_changes_nothing(desk: Desk) -> None:
    first = desk.build()
    (desk.paper.fonts / "fonts.yaml").touch()
    assert desk.build() == first


def test_a_story_taken_away_and_brought_back(desk: Desk) -> None:
    first = desk.build()
    path = desk.paper.issue / SECOND
    text = path.read_bytes()
    path.unlink()
    without = desk.build()
    assert "spec/unknown-story" in codes(without)
    assert without.pages == ()
    path.write_bytes(text)
    assert desk.build() == first


def _take(path: Path) -> Callable[[], object]:
    """Take the file away; what comes back puts it in its place again."""
    aside = path.with_name(f"{path.name}.aside")
    os.replace(path, aside)
    return lambda: os.replace(aside, path)


@pytest.mark.parametrize("name", [PAGE, HOUSE, "issue.yaml", "photos/sea.yaml", "photos/sea.png"])
def test_a_file_that_was_missing_is_seen_when_it_comes(desk: Desk, name: str) -> None:
    put_back = _take(desk.paper.issue / name)
    assert desk.build().files == {}
    put_back()
    assert codes(desk.build()) == []


def test_a_face_that_was_missing_is_seen_when_it_comes(desk: Desk) -> None:
    kai = desk.paper.fonts / "jimo-kai"
    target = kai.readlink()
    kai.unlink()
    assert "face/role-empty" in codes(desk.build())
    kai.symlink_to(target)
    assert codes(desk.build()) == []


def test_a_photo_of_the_same_size_and_time_is_seen_to_be_another(desk: Desk) -> None:
    path = desk.paper.issue / "photos/sea.png"
    before, first = path.stat(), desk.build()
    picture(path, red=20)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert desk.build().files != first.files


def test_a_picture_that_cannot_be_converted_leaves_the_old_page_whole(desk: Desk) -> None:
    first = desk.build()
    path = desk.paper.issue / "photos/sea.png"
    whole = path.read_bytes()
    (pdf,) = desk.paper.out.glob("*.pdf")
    path.write_bytes(whole[: len(whole) // 2])
    broken = desk.build()
    assert broken.files == {}
    assert any(code.startswith("photo/") for code in codes(broken))
    assert pdf.read_bytes() == first.files[pdf.name]
    assert [one.name for one in pdf.parent.iterdir() if one.is_file()] == [pdf.name]
    path.write_bytes(whole)
    assert desk.build() == first


def test_an_icc_profile_that_was_replaced_is_seen(desk: Desk) -> None:
    path = desk.paper.issue / "../house/press.icc"
    data = bytearray(MODEL_ICC.read_bytes())
    path.write_bytes(data)
    desk.paper.edit(HOUSE, "names: []", "output: {icc: press.icc, condition: 本厂}\nnames: []")
    before = desk.build()
    assert codes(before) == []
    data[ICC_YEAR] ^= 1
    path.write_bytes(data)
    assert desk.build().files != before.files


def test_the_cache_is_no_source(desk: Desk) -> None:
    """A cache that somebody emptied or spoiled in between changes nothing."""
    first = desk.build()
    kept = desk.paper.out / ".cache"
    for path in kept.iterdir():
        path.write_bytes(b"spoiled")
    assert desk.build() == first
    shutil.rmtree(kept)
    again = Session(desk.paper.issue, out=desk.paper.out, fonts=desk.paper.fonts).build()
    assert made(again) == first


def test_a_session_forgets_what_is_no_longer_in_the_issue(desk: Desk) -> None:
    desk.build()
    before = len(desk.session._recall._kept)
    desk.paper.write("articles/third.md", THIRD.format("不久就撤。"))
    desk.build()
    (desk.paper.issue / "articles/third.md").unlink()
    desk.build()
    assert len(desk.session._recall._kept) == before
