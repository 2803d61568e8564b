"""网页报告: one file that asks nothing of anybody, the same bytes for the same versions, nothing in it but text."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import msgspec
import pytest

from layout_engine.diff.compare import compare
from layout_engine.diff.model import Comparison, Leaf, StoryName
from layout_engine.diff_report.facts import MOST_CHANGES
from layout_engine.diff_report.html import html_report
from layout_engine.diff_report.shown import draw_pictures
from tests.report.kit import made, report, text_change, told, versions, wild_change, wild_edition

HOSTILE = "</script><script>alert(1)</script><!-- <script> {{script}} \u2028 & ' \""


def facts_in(html: bytes) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', html.decode(), re.S)
    assert found is not None
    facts: dict[str, object] = json.loads(found[1])
    return facts


def test_equal_versions_give_equal_bytes() -> None:
    assert made() == report()


def test_nothing_is_fetched_from_anywhere() -> None:
    without_pictures = re.sub(rb'<script type="text/plain".*?</script>', b"", report())
    addresses = set(re.findall(rb"(?:https?:)?//[a-z0-9.-]+\.[a-z]+[^\s\"']*", without_pictures))
    assert addresses == {b"http://www.w3.org/2000/svg"}  # the name of a namespace
    assert not re.search(rb"\b(?:src|href|action)=", without_pictures)


def test_only_its_own_script_and_style_may_run() -> None:
    html = report().decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    script = re.search(r"<script>(.*?)</script>", html, re.S)
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert policy is not None
    assert script is not None
    assert style is not None
    for block in (script[1], style[1]):
        assert f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" in unescape(policy[1])
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none'")


def test_no_text_becomes_markup_or_ends_a_script() -> None:
    change = text_change(1, HOSTILE, HOSTILE)
    html = told([change], {HOSTILE: StoryName("article", 1, "lead", HOSTILE)}).decode()
    assert html.count("<script>") == 1
    assert html.count("</script>") == html.count("<script")
    assert "alert(1)</script" not in html
    assert HOSTILE in json.dumps(facts_in(html.encode()), ensure_ascii=False).replace('\\"', '"').replace(
        "\\u2028", "\u2028"
    )


def test_scripts_put_data_into_the_page_only_as_text() -> None:
    html = report().decode()
    for means in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert means not in html


def test_every_class_is_told_in_both_languages() -> None:
    facts = facts_in(report())
    changes = facts["changes"]
    assert isinstance(changes, list)
    assert {one["kind"] for one in changes} == {0, 1, 2, 3, 4}
    for one in changes:
        assert all(one["what"])
        assert one["what"][0] != one["what"][1] or one["kind"] == 0


def test_a_page_that_did_not_change_is_drawn_once() -> None:
    old, new = versions()
    same = draw_pictures(old, old)
    other = draw_pictures(old, new)
    assert (len(same.pictures), same.old, same.new) == (1, {1: 0}, {1: 0})
    assert (len(other.pictures), other.old, other.new) == (2, {1: 0}, {1: 1})


def test_pictures_show_what_lies_inside_the_trim() -> None:
    old, _ = versions()
    picture = draw_pictures(old, old).pictures[0]
    trim = old.pages[0].page.trim
    assert abs(picture.width / picture.height - trim.width / trim.height) < 0.001


def test_a_page_is_small() -> None:
    assert len(told([])) < 900_000


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n%%EOF", b"not a PDF" * 1000])
def test_a_page_whose_pdf_is_no_good_is_shown_by_its_regions(pdf: bytes) -> None:
    old, _ = versions()
    blind = msgspec.structs.replace(old, leaves={1: Leaf(pdf)})
    facts = facts_in(html_report(compare(old, old), blind, old, "en"))
    pages = facts["pages"]
    assert isinstance(pages, list)
    assert pages[0]["old"]["picture"] == -1
    assert len(pages[0]["old"]["regions"]) == len(old.pages[0].page.regions)
    assert pages[0]["new"]["picture"] == 0


def test_more_changes_than_a_browser_likes_are_counted_and_left_out() -> None:
    facts = facts_in(told([text_change(number) for number in range(MOST_CHANGES + 7)]))
    changes = facts["changes"]
    assert isinstance(changes, list)
    assert (len(changes), facts["left_out"]) == (MOST_CHANGES, 7)


def test_a_page_of_words_alone_is_said_to_be_one() -> None:
    old, new = versions()
    bare = msgspec.structs.replace(old, words_only=True)
    assert facts_in(html_report(compare(bare, new), bare, new, "zh"))["words_only"] is True
    assert facts_in(report())["words_only"] is False


def test_a_record_that_says_anything_is_shown_all_the_same() -> None:
    comparison = Comparison("old\udcff", "new", (1,), (wild_change(),), {}, {})
    facts = facts_in(html_report(comparison, wild_edition(), wild_edition(), "zh"))
    assert facts["old"] == "old?"
