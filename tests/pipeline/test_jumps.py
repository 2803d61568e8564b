"""A story over pages (转版) is whole however its pages are made: alone, in parallel, one by one, warm or cold."""

import sys

import msgspec
import pytest

from layout_engine import parallel
from layout_engine.base.recall import Recall
from layout_engine.page.model import RegionLayout
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.page.regions.kind import Composing, RegionKind
from layout_engine.page.slots import TextColumn
from layout_engine.pipeline import build
from layout_engine.places import find_places
from layout_engine.session import Session
from layout_engine.spec.model_regions import ArticleRegion
from layout_engine.spec.resolved import Region
from tests.pipeline.conftest import COPIES, Paper, made

STORY = "articles/long.md"
PARAGRAPH = "田野里的风从村口吹来，老人说，这样的年景多少年没有见过，孩子们在堤上跑了整整一个下午。"
FIRST, THIRD, LAST = "pages/01.yaml", "pages/03.yaml", "pages/05.yaml"
LEAVING = (
    "\n  - {id: long, kind: story, story: long, columns: 2-4, rows: 40-48, headline: {style: second}, jump_to: 3}\n"
)
BETWEEN = "\n  - {id: more, kind: article, story: long, columns: 2-4, rows: 40-44, jump_from: 1, jump_to: 5}\n"
ENDING = (
    "\n  - {id: rest, kind: story, story: long, columns: 2-5, rows: 40-50, jump_from: 3, continued_title: "
    "{text: 田野里的风, style: second}}\n"
)


@pytest.fixture
def jumping(big_paper: Paper) -> Paper:
    """Five pages with a story on the first, the third and the last of them."""
    body = "\n\n".join(f"第{number}段。{PARAGRAPH * 3}" for number in range(1, 5))
    big_paper.write(STORY, f"---\nheadline: 田野里的风\n---\n{body}\n")
    for page, region in ((FIRST, LEAVING), (THIRD, BETWEEN), (LAST, ENDING)):
        big_paper.write(page, (big_paper.issue / page).read_text(encoding="utf-8") + region)
    return big_paper


def test_the_story_is_whole_in_the_issues_ledger(jumping: Paper) -> None:
    built = jumping.build_cold()
    assert not built.unbalanced
    assert [one.code for one in built.diagnostics if one.code.startswith(("ledger/", "page/part"))] == []
    body = [one for one in built.ledger.entries if one.story == "long" and "/body" in one.key]
    assert [one.key for one in body] == [f"long/body-{number}" for number in range(1, 5)]
    assert all(one.characters == one.placed + one.left_over + one.dropped for one in body)
    assert built.ledger.by_story()["long"].elsewhere == 0
    (full,) = (one for page in built.pages for one in page.fullness if one.story == "long")
    assert full in built.pages[-1].fullness


@pytest.mark.skipif(sys.platform != "linux", reason="forked processes on Linux alone")
def test_pages_in_parallel_are_the_pages_made_alone(jumping: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    together = made(jumping.build_cold())
    monkeypatch.setattr(parallel, "LEAST_PAGES", COPIES + 1)
    assert made(jumping.build_cold()) == together
    assert len(together.files) == COPIES


@pytest.mark.parametrize("page", [1, 3, 5])
def test_a_page_alone_is_the_page_of_the_whole_issue(jumping: Paper, page: int) -> None:
    whole = {one.number: one.sha256 for one in jumping.build_cold().pages}
    alone = build(jumping.issue, find_places(jumping.issue, fonts=jumping.fonts), only=page)
    assert [one.sha256 for one in alone.pages] == [whole[page]]
    assert not alone.unbalanced
    total = alone.ledger.by_story()["long"]
    assert total.elsewhere > 0
    assert total.characters == total.placed + total.left_over + total.dropped + total.elsewhere


def test_every_page_says_what_another_library_reads_in_it(jumping: Paper) -> None:
    built = build(jumping.issue, find_places(jumping.issue, fonts=jumping.fonts, output=jumping.out), verify=True)
    assert all(one.pdf for one in built.pages)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (STORY, "第2段。", "第2段，又添了一句话，好让后面的文字都往后挪一挪。"),
        (STORY, "第4段。", "末段。"),
        (FIRST, "rows: 40-48, headline", "rows: 40-49, headline"),
        (THIRD, "columns: 2-4, rows: 40-44", "columns: 2-3, rows: 40-45"),
        (LAST, "text: 田野里的风", "text: 风"),
        (LAST, "rows: 40-50", "rows: 40-49"),
        ("../house/paper.yaml", "leading: 15.5pt", "leading: 15.6pt"),
    ],
)
def test_after_an_edit_a_session_makes_what_a_cold_build_makes(jumping: Paper, file: str, old: str, new: str) -> None:
    """What is edited for one page may move the text of the others."""
    session = Session(jumping.issue, out=jumping.out, fonts=jumping.fonts)
    before = made(session.build())
    jumping.edit(file, old, new)
    after = made(session.build())
    assert after != before
    assert after == made(jumping.build_cold())


def test_a_story_torn_between_pages_stops_the_build(jumping: Paper) -> None:
    """A page that takes another for a row shorter than it is: no page that holds the torn story is left behind."""

    def lying(region: object, desk: object) -> tuple[TextColumn, ...]:
        columns = truly(region, desk)  # type: ignore[arg-type]
        return tuple(msgspec.structs.replace(one, last_row=one.last_row - 1) for one in columns)

    article = next(kind for kind in BUILT_IN_KINDS if kind.spec is ArticleRegion)
    truly = article.columns
    assert truly is not None
    kinds = [kind if kind is not article else msgspec.structs.replace(kind, columns=lying) for kind in BUILT_IN_KINDS]
    places = find_places(jumping.issue, fonts=jumping.fonts, output=jumping.out)
    built = build(jumping.issue, places, kinds=kinds)
    assert built.unbalanced
    assert {one.code for one in built.diagnostics if one.code.startswith("ledger/")}
    torn = [one for one in built.pages if one.pdf is None]
    assert torn
    assert sorted(path.name for path in jumping.out.rglob("*.pdf")) == sorted(
        one.pdf.name for one in built.pages if one.pdf
    )


def test_what_stands_beside_the_story_on_another_page_does_not_set_it_anew(jumping: Paper) -> None:
    places = find_places(jumping.issue, fonts=jumping.fonts, output=jumping.out)
    composed: list[str] = []

    def counting(kind: RegionKind) -> RegionKind:
        def compose(region: Region, desk: Composing) -> RegionLayout:
            composed.append(f"{desk.page.number}/{region.id}")
            return kind.compose(region, desk)

        return msgspec.structs.replace(kind, compose=compose)

    kinds, recall = [counting(kind) for kind in BUILT_IN_KINDS], Recall()
    build(jumping.issue, places, kinds=kinds, recall=recall)
    composed.clear()
    jumping.edit(LAST, "rows: 50-59", "rows: 51-59")
    build(jumping.issue, places, kinds=kinds, recall=recall)
    assert composed == ["5/sea"]


def test_a_story_is_whole_in_an_issue_that_lists_its_pages_in_another_order(jumping: Paper) -> None:
    in_order = jumping.build_cold()
    one, two, three = FIRST, "pages/02.yaml", THIRD
    jumping.edit("issue.yaml", f"{one}, {two}, {three}", f"{three}, {two}, {one}")
    built = jumping.build_cold()
    assert not built.unbalanced
    assert built.ledger == in_order.ledger
    assert {one.code for one in built.diagnostics} - {one.code for one in in_order.diagnostics} == {"spec/page-order"}


def test_a_page_listed_twice_is_told_once(paper: Paper) -> None:
    paper.edit("issue.yaml", "pages/01.yaml", "pages/01.yaml, pages/01.yaml")
    assert [one.code for one in paper.build_cold().diagnostics] == ["spec/duplicate-page"]
