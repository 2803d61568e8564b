"""Guards that look at pages and at the disk: photos and captions, empty regions, earlier issues; and the command."""

import shutil
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.base.source import read_at
from layout_engine.cli.main import main
from layout_engine.content.model import Copy, Part, Photo
from layout_engine.guards.earlier import earlier_stories, unplaced_photos
from layout_engine.guards.guard import Sheet
from layout_engine.guards.pictures import PicturesGuard, RegionsGuard
from layout_engine.guards.run import run_guards
from tests.guards.kit import ROOT, codes, look, spec_of, story

_ARTICLE = "---\nheadline: 麦收\n---\n全区小麦播种面积五十六万亩，农技人员下到地头，抓好灌浆期的田间管理，丰收在望。\n"


def _photo(caption: str | None) -> Photo:
    part = Part("roof/caption", "caption", read_at(caption, "photos/roof.yaml", 2, 10)) if caption else None
    return Photo("roof", "photos/roof.jpg", Span("photos/roof.yaml"), 100, 100, "", part)


def test_a_photo_without_caption_is_told_where_the_page_asks_for_it(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    found = look(PicturesGuard(), spec, photos=(_photo(None),))
    assert (codes(found), str(found[0].span)) == (["photo-without-caption"], "pages/1.yaml:5:37")
    assert look(PicturesGuard(), spec, photos=(_photo("屋顶。"),)) == ()


def test_a_caption_that_no_page_has_a_photo_for_is_told(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    photos = Path(spec.root) / "photos"
    photos.mkdir()
    for name in ("roof", "spare"):
        (photos / f"{name}.yaml").write_text(f"file: {name}.jpg\ncaption: 说明。\n", encoding="utf-8")
    copy = Copy({}, {"roof": _photo("屋顶。")}, {})
    sheet = Sheet(spec, copy, (), unplaced_photos(Path(spec.root), copy))
    assert [str(one.span) for one in run_guards(sheet, (PicturesGuard(),))] == ["photos/spare.yaml:1:1"]


def test_an_empty_story_leaves_an_empty_region(tmp_path: Path) -> None:
    assert codes(look(RegionsGuard(), spec_of(tmp_path), story("lead"))) == ["empty-region"]
    assert look(RegionsGuard(), spec_of(tmp_path), story("lead", "有字。")) == ()


def _earlier(folder: Path, date: str, house: str = "../house/xinjimo.yaml") -> Path:
    issue = folder / date
    (issue / "articles").mkdir(parents=True)
    (issue / "issue.yaml").write_text(f"house: {house}\ndate: {date}\nnumber: 1\npages: []\n", encoding="utf-8")
    (issue / "articles/wheat.md").write_text(_ARTICLE, encoding="utf-8")
    return issue


def test_earlier_issues_of_the_house_are_read_the_latest_first(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    for date in ("2024-05-19", "2024-05-20", "2024-05-22"):
        _earlier(tmp_path, date)
    _earlier(tmp_path, "2024-05-18", "../house/other.yaml")
    assert [one.date for one in earlier_stories(Path(spec.root), spec)] == ["2024-05-20", "2024-05-19"]


def test_no_more_than_two_weeks_are_read(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    for day in range(1, 21):
        _earlier(tmp_path, f"2024-05-{day:02}")
    assert len(earlier_stories(Path(spec.root), spec)) == 14


def test_links_that_lead_elsewhere_and_broken_issues_are_passed_over(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    issue = _earlier(tmp_path, "2024-05-20")
    (issue / "articles/wheat.md").unlink()
    outside = tmp_path.parent / "secret.md"
    outside.write_text(_ARTICLE, encoding="utf-8")
    (issue / "articles/wheat.md").symlink_to(outside)
    broken = tmp_path / "2024-05-19"
    broken.mkdir()
    (broken / "issue.yaml").write_bytes(b"\xff[{")
    assert earlier_stories(Path(spec.root), spec) == ()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "issues/house", tmp_path / "house")
    return Path(shutil.copytree(ROOT / "issues/2024-05-21", tmp_path / "2024-05-21"))


def _check(issue: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    main(["check", str(issue), "--fonts", str(ROOT / "fonts"), "--lang", "zh", *more])
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_check_tells_a_wrong_name_over_the_lead(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lead = sample / "articles/lead.md"
    lead.write_text(lead.read_text("utf-8").replace("note: 韩世军", "note: 韩世君"), encoding="utf-8")
    assert "articles/lead.md:4:7" in _check(sample, capsys)


def test_check_runs_a_command_only_where_it_is_allowed(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = sample / "trace"
    issue = sample / "issue.yaml"
    written = issue.read_text("utf-8")
    issue.write_text(f'{written}\nchecks: {{command: [touch, "{trace}"]}}\n', encoding="utf-8")
    assert "guard/command-not-allowed" in _check(sample, capsys)
    assert not trace.exists()
    assert "guard/command-answer" in _check(sample, capsys, "--allow-commands")
    assert trace.exists()
