"""A small issue of one page in a folder of its own: two stories and a photo, edited by the tests as people would."""

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.cli.scaffold import scaffold
from layout_engine.page.model import Fullness
from layout_engine.pipeline import Build, build
from layout_engine.places import find_places
from layout_engine.scene.ledger import LedgerEntry
from tests.kit.reference import FONTS

DAY = date(2024, 6, 1)
PAGE = "pages/01.yaml"
PHOTO_REGION = "\n  - {id: sea, kind: photo, photo: sea, columns: 1, rows: 50-59, crop: fill}\n"
SIDECAR = "file: sea.png\ncaption: 图为海边。\ncredit: （王静）\n"
COPIES = 5  # enough pages for several processes


class Paper:
    """The folder of a paper: its `issues/`, one issue in it, and its `fonts/`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.issue = home / "issues" / DAY.isoformat()
        self.fonts = home / "fonts"
        self.out = home / "output"

    def write(self, name: str, text: str) -> None:
        path = self.issue / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.issue / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def copy_to(self, home: Path) -> "Paper":
        """The same paper elsewhere, without anything that was built or kept."""
        shutil.copytree(self.home, home, symlinks=True, ignore=shutil.ignore_patterns("output"))
        return Paper(home)

    def build_cold(self) -> Build:
        """As a process that has just started, with nothing kept from before."""
        return build(self.issue, find_places(self.issue, fonts=self.fonts, output=self.out, caching=False))


class Made(NamedTuple):
    """All of a build that anybody sees, but for the time it took and the folder it lies in."""

    files: dict[str, bytes]
    pages: tuple[tuple[int, str, str | None, tuple[Fullness, ...]], ...]
    ledger: tuple[LedgerEntry, ...]
    diagnostics: tuple[Diagnostic, ...]


def made(built: Build) -> Made:
    pages = tuple((one.number, one.name, one.sha256, one.fullness) for one in built.pages)
    files = {one.pdf.name: one.pdf.read_bytes() for one in built.pages if one.pdf}
    return Made(files, pages, built.ledger.entries, built.diagnostics)


def picture(path: Path, red: int) -> None:
    """A photo of one colour; whatever that is, the file is as long."""
    Image.new("RGB", (640, 480), (red, 80, 160)).save(path, compress_level=0)


def plant(home: Path) -> Paper:
    """A new paper in the empty folder `home`; its faces are the repository's."""
    paper = Paper(home)
    files = scaffold(paper.issue, DAY).value
    assert files is not None
    for path, text in files.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    page = (paper.issue / PAGE).read_text(encoding="utf-8")
    paper.write(PAGE, page + PHOTO_REGION)
    paper.write("photos/sea.yaml", SIDECAR)
    picture(paper.issue / "photos/sea.png", red=200)
    paper.fonts.mkdir()
    for one in FONTS.iterdir():
        if one.is_dir():
            (paper.fonts / one.name).symlink_to(one)
    shutil.copy(FONTS / "fonts.yaml", paper.fonts)
    return paper


def add_pages(paper: Paper) -> None:
    """The page and its copy several times over, each with a number and a text of its own."""
    page = (paper.issue / PAGE).read_text(encoding="utf-8")
    pages = [PAGE]
    for number in range(2, COPIES + 1):
        text = page.replace("page: 1\n", f"page: {number}\n")
        for story in ("lead", "second"):
            text = text.replace(f"story: {story} ", f"story: {story}-{number} ")
            copy = (paper.issue / f"articles/{story}.md").read_text(encoding="utf-8")
            paper.write(f"articles/{story}-{number}.md", f"{copy}\n第{number}版的一段。\n")
        pages.append(f"pages/{number:02}.yaml")
        paper.write(pages[-1], text)
    paper.edit("issue.yaml", f"pages: [{PAGE}]", f"pages: [{', '.join(pages)}]")


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    home = tmp_path / "paper"
    home.mkdir()
    return plant(home)


@pytest.fixture
def big_paper(paper: Paper) -> Paper:
    add_pages(paper)
    return paper
