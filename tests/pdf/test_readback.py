"""The round trip: what is read back is what was put there, and a difference names its place in the copy."""

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.base.units import mm, pt
from layout_engine.checks.readback import UnreadableError, check_round_trip, comparable, read_regions
from layout_engine.scene.items import GlyphRun
from tests.pdf.scenes import a_page, a_region, a_run, a_scene, a_source, written

COPY = "我市召开——“十四五”会议，增长 18.4% 。Office 讯"


def swapped(run: GlyphRun, index: int, text: str) -> GlyphRun:
    """The run with another text claimed for one glyph."""
    changed = run.text[:index] + text + run.text[index + 1 :]
    return GlyphRun(**{**{name: getattr(run, name) for name in GlyphRun.__struct_fields__}, "text": changed})


def test_a_sound_page_has_no_finding() -> None:
    page = a_page(
        a_region("lead", a_run(COPY, size=pt(24)), a_run("第二行", y=mm(40))),
        a_region("side", a_run("直排（一）", direction="vertical")),
        a_region("photo"),
    )
    assert check_round_trip(written(page), a_scene(page), page) == ()


def test_a_wrong_character_is_found_at_its_place_in_the_copy() -> None:
    page = a_page(a_region("lead", a_run("我市召开会议", start=10)))
    wrong = a_page(a_region("lead", swapped(a_run("我市召开会议", start=10), 4, "汇")))
    scene = a_scene(wrong, {"copy": a_source("　" * 10 + "我市召开汇议")})
    (finding,) = check_round_trip(written(page), scene, wrong)
    assert finding.code == "pdf/round-trip"
    assert finding.span == Span("articles/lead.md", 7, 15)
    assert "lead" in finding.message("zh")
    assert "我市召开汇议" in finding.message("en")


@pytest.mark.parametrize("change", ["lost", "doubled", "exchanged"])
def test_a_lost_doubled_or_exchanged_line_is_found(change: str) -> None:
    first, second = a_run("上一行字", y=mm(20)), a_run("下一行文", y=mm(30))
    again = a_run("下一行文", y=mm(35))  # in the very same place PDFium takes it for a way of setting bold
    drawn = {"lost": (first,), "doubled": (first, second, again), "exchanged": (second, first)}[change]
    page = a_page(a_region("lead", first, second))
    pdf = written(a_page(a_region("lead", *drawn)))
    assert [one.code for one in check_round_trip(pdf, a_scene(page), page)] == ["pdf/round-trip"]


def test_text_in_the_wrong_region_is_found_in_both() -> None:
    text = a_run("只有一处")
    page = a_page(a_region("one", text), a_region("two"))
    pdf = written(a_page(a_region("one"), a_region("two", text)))
    regions = [dict(one.values)["region"] for one in check_round_trip(pdf, a_scene(page), page)]
    assert regions == ["one", "two"]


def test_a_long_line_is_read_whole() -> None:
    text = "长行" * 1000
    page = a_page(a_region("lead", a_run(text, size=pt(1) // 4)))
    assert read_regions(written(page), page) == {"lead": text}


def test_white_space_and_hyphens_are_not_told_apart() -> None:
    assert comparable("a\u00a0b\u3000c\u00ad-\u2010") == "abc---"
    assert comparable("ﬁne") == "fine"


@pytest.mark.parametrize("data", [b"", b"no page at all", b"%PDF-1.6\n%%EOF"])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_regions(data, a_page())
