"""Text: every glyph at its place, and every character read back by readers that did not write it."""

import shutil
import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layout_engine.base.units import SU_PER_PT, mm, pt
from layout_engine.checks.readback import read_regions
from layout_engine.pdf.fonts import gather_fonts
from layout_engine.scene.items import GlyphRun, ScenePage
from tests.pdf.reader import read_glyphs
from tests.pdf.scenes import TRIM, a_page, a_region, a_run, content_of, real_faces, written

CLOSE = 0.01  # pt
COPY = "我市召开——“十四五”规划中期评估会议，增长18.4%（记者 韩世军）……讯《新即墨》。"


def glyphs_of(text: str) -> tuple[int, ...]:
    font = real_faces().face("song").hb_font
    return tuple(font.get_nominal_glyph(ord(character)) for character in text)


def a_plain_run(drawn: str, pens: tuple[int, ...], **changes: object) -> GlyphRun:
    """A run whose glyphs stand for their characters, at any pens."""
    fields: dict[str, object] = {
        "key": "copy",
        "face": "song",
        "size": pt(9),
        "narrow": 100,
        "ink": "black",
        "direction": "horizontal",
        "x": mm(20),
        "y": mm(20),
        "gids": glyphs_of(drawn),
        "pens": pens,
        "shifts": (),
        "starts": tuple(range(len(drawn) + 1)),
        "text": drawn,
    }
    return GlyphRun(**{**fields, **changes})  # type: ignore[arg-type]


def assert_in_place(run: GlyphRun) -> None:
    page = a_page(a_region("lead", run))
    shown = read_glyphs(written(page))
    assert len(shown) == len(run.gids)
    for index, glyph in enumerate(shown):
        shift = run.shifts[index] if run.shifts else 0
        along, across = run.pens[index], shift
        right, down = (across, along) if run.direction == "vertical" else (along, across)
        assert glyph.x == pytest.approx((run.x + right) / SU_PER_PT, abs=CLOSE)
        assert glyph.y == pytest.approx((TRIM.height - run.y - down) / SU_PER_PT, abs=CLOSE)


gaps = st.lists(st.integers(-pt(3), pt(80)), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@example(gaps=[62441], size=1260414, narrow=114, direction="horizontal", shift=0)  # 19.2 pt, widened
@given(
    gaps=gaps,
    size=st.integers(pt(5), pt(150)),
    narrow=st.integers(80, 120),
    direction=st.sampled_from(["horizontal", "vertical"]),
    shift=st.sampled_from([0, 0, pt(2)]),
)
def test_every_glyph_stands_within_a_hundredth_of_a_point(
    gaps: list[int], size: int, narrow: int, direction: str, shift: int
) -> None:
    pens = tuple(sum(gaps[:index]) for index in range(len(gaps) + 1))
    text = ("国a，1" * len(pens))[: len(pens)]
    shifts = tuple(shift * (index % 3 == 1) for index in range(len(pens))) if shift else ()
    assert_in_place(a_plain_run(text, pens, size=size, narrow=narrow, direction=direction, shifts=shifts))


def test_rounding_does_not_add_up_along_a_line() -> None:
    third = pt(9) + SU_PER_PT // 3
    assert_in_place(a_plain_run("国" * 200, tuple(index * third for index in range(200)), x=0))


def test_a_headline_of_72_pt_is_placed_as_closely_as_the_body() -> None:
    assert_in_place(a_run(COPY, size=pt(72), narrow=93, extra=1237))


def test_a_line_set_solid_needs_no_adjustment() -> None:
    assert "TJ" not in content_of(written(a_page(a_region("lead", a_run("召开会议")))))


def test_font_and_size_are_said_once_for_runs_alike() -> None:
    runs = [a_run("召开会议", y=mm(20 + index * 5)) for index in range(5)]
    assert content_of(written(a_page(a_region("lead", *runs)))).count(" Tf") == 1


def test_text_comes_back_as_it_was_set() -> None:
    assert read_back(a_run(COPY, extra=700)) == COPY.replace(" ", "")


def test_vertical_text_comes_back_as_it_was_set() -> None:
    assert read_back(a_run("新即墨——（国）。“好”，", direction="vertical", size=pt(18))) == "新即墨——（国）。“好”，"


def test_half_width_digits_come_back_as_digits() -> None:
    run = a_run("２０２４年18.4%", features={"hwid": True})
    plain = a_run("２０２４年18.4%")
    assert run.gids != plain.gids
    assert read_back(run) == "２０２４年18.4%"


def test_a_character_beyond_the_first_plane_comes_back_whole() -> None:
    assert read_back(a_run("𬭊与𫇭")) == "𬭊与𫇭"


def test_one_glyph_for_two_characters_comes_back_as_each() -> None:
    """Noto draws the radical ⼀ and the ideograph 一 with one glyph: ToUnicode can name only one of them."""
    ideograph = a_plain_run("一国", (0, pt(9)))
    radical = a_plain_run("一国", (0, pt(9)), text="⼀国", y=mm(30))
    assert ideograph.gids == radical.gids
    assert read_back(ideograph, radical) == "一国⼀国"


def test_a_base_with_its_mark_comes_back_as_one_text() -> None:
    run = a_plain_run("甲e乙", (0, pt(9), pt(18)))
    accent = glyphs_of("'")[0]
    marked = a_plain_run("甲e乙", run.pens, text="甲é乙", marks=((1, accent, pt(1), -pt(2)),), starts=(0, 1, 2, 3))
    assert read_back(marked) == "甲é乙"


def test_a_mark_stands_where_the_scene_has_it() -> None:
    accent = glyphs_of("'")[0]
    for direction, dx, dy in (("horizontal", 1, -2), ("vertical", -2, 1)):
        run = a_plain_run("e", (pt(5),), marks=((0, accent, dx * pt(1), dy * pt(1)),), direction=direction)
        base, mark = read_glyphs(written(a_page(a_region("lead", run))))
        assert (mark.x - base.x, mark.y - base.y) == pytest.approx((1, 2), abs=CLOSE)


def test_glyphs_without_a_text_of_their_own_read_as_their_cluster() -> None:
    run = a_plain_run("多形甲一", tuple(index * pt(9) for index in range(4)), text="多形一", starts=(0, 1, 2, 2, 3))
    assert read_back(run) == "多形一"


def test_regions_are_read_apart() -> None:
    page = a_page(
        a_region("题", a_run("大标题", size=pt(36))),
        a_region("empty"),
        a_region("文", a_run("正文一", y=mm(40)), a_run("正文二", y=mm(45))),
    )
    assert read_regions(written(page), page) == {"题": "大标题", "empty": "", "文": "正文一正文二"}


def test_text_interleaved_in_columns_keeps_the_reading_order() -> None:
    left = [a_run("左栏上行", x=mm(20), y=mm(20)), a_run("左栏下行", x=mm(20), y=mm(25))]
    right = [a_run("右栏上行", x=mm(60), y=mm(20)), a_run("右栏下行", x=mm(60), y=mm(25))]
    assert read_back(*left, *right) == "左栏上行左栏下行右栏上行右栏下行"


def test_poppler_reads_the_same(tmp_path: Path) -> None:
    tool = shutil.which("pdftotext")
    assert tool is not None, "install poppler-utils: this promise needs a second reader"
    page = a_page(
        a_region("lead", a_run(COPY, extra=700), a_run("二〇二四年", y=mm(40), face="hei-bold", size=pt(24))),
        a_region("side", a_run("新即墨——（国）。“好”，", direction="vertical", x=mm(200), size=pt(18))),
    )
    file = tmp_path / "page.pdf"
    file.write_bytes(written(page))
    done = subprocess.run([tool, "-raw", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
    text = "".join(done.stdout.decode().split())
    assert text == "".join(run.text for region in page.regions for run in _runs(region.items)).replace(" ", "")


def test_a_face_is_embedded_once_for_both_directions() -> None:
    fonts = gather_fonts([a_run("横"), a_run("直", direction="vertical")], real_faces(), None)
    assert fonts["song"].names == {"horizontal": "F0", "vertical": "F0V"}


def _runs(items: tuple[object, ...]) -> list[GlyphRun]:
    return [item for item in items if isinstance(item, GlyphRun)]


def read_back(*runs: GlyphRun) -> str:
    page: ScenePage = a_page(a_region("lead", *runs))
    text = read_regions(written(page), page)["lead"]
    return "".join(normalize("NFC", text).split())
