"""校样: what is laid over a page helps its readers, is at its place, and without it the final page is left."""

import shutil
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

import layout_engine
from layout_engine.base.diagnostics import diagnose
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.base.units import SU_PER_PT, mm
from layout_engine.pipeline import Build
from layout_engine.places import Places, find_places
from layout_engine.proof.overlay import INKS, MARGIN, draw_overlay, note_findings
from layout_engine.proof.placing import Places as PagePlaces
from layout_engine.proof.placing import glyph_rect, lines_of
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import make_proofs
from layout_engine.scene.items import GlyphRun, Overlay
from layout_engine.scene.record import FILE_NAME, PageRecord, content_hash, unpack_record
from tests.kit.reference import FONTS, ISSUES, NAMES, REFERENCE, composed
from tests.scene.test_record import records

STAMP = Stamp("大样", "第3次", "王静", "改导语", "第2次")


def proofs(issue: Path, out: Path, page: int | None = None, stamp: Stamp = STAMP) -> Build:
    places = find_places(issue, fonts=FONTS)
    return make_proofs(issue, Places(places.fonts, out, False, places.cache), lambda _: stamp, only=page)


def pdf_of(built: Build, page: int = 0) -> bytes:
    path = built.pages[page].pdf
    assert path is not None, built.diagnostics
    return path.read_bytes()


def record_in(pdf: bytes) -> PageRecord:
    with pikepdf.open(BytesIO(pdf)) as opened:
        packed = opened.attachments[FILE_NAME].obj.EF.F.read_raw_bytes()
    record = unpack_record(packed).value
    assert record is not None
    return record


def within_trim(pdf: bytes, *, marks: bool = True) -> Image.Image:
    """The page as a picture of what lies inside its trim, with its layers or without."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        page = opened.pages[0]
        page.MediaBox = page.CropBox = page.TrimBox
        if not marks:
            layers = opened.Root.OCProperties
            layers.D.OFF, layers.D.ON = layers.OCGs, pikepdf.Array()
        written = BytesIO()
        opened.save(written)
    document = pypdfium2.PdfDocument(written.getvalue())
    try:
        image: Image.Image = document[0].render(scale=1.5).to_pil()
    finally:
        document.close()
    return image


@pytest.mark.parametrize("name", NAMES)
def test_without_its_marks_a_proof_is_the_final_page_pixel_for_pixel(name: str, tmp_path: Path) -> None:
    page = composed(name).inputs.spec.pages[-1].number
    proof = pdf_of(proofs(ISSUES / name, tmp_path / "proof", page))
    final = pdf_of(layout_engine.build(ISSUES / name, page=page, out=tmp_path / "final"))
    assert ImageChops.difference(within_trim(proof, marks=False), within_trim(final)).getbbox() is None
    assert ImageChops.difference(within_trim(proof), within_trim(final)).getbbox() is not None


def test_a_proof_carries_the_record_of_its_page(tmp_path: Path) -> None:
    record = record_in(pdf_of(proofs(ISSUES / REFERENCE, tmp_path)))
    assert content_hash(record) == content_hash(records()[0])
    assert record.page == records()[0].page


def test_a_file_for_the_press_has_neither_layer_nor_attachment(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf_of(layout_engine.build(ISSUES / REFERENCE, out=tmp_path)))) as opened:
        assert not {"/OCProperties", "/Names"} & set(opened.Root.keys())


def test_the_same_proof_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = (pdf_of(proofs(ISSUES / REFERENCE, tmp_path / name)) for name in ("one", "two"))
    assert first == second


def texts(overlay: Overlay) -> list[str]:
    """What the layer says, a line each."""
    lines: dict[tuple[int, str], str] = {}
    for item in overlay.items:
        if isinstance(item, GlyphRun):
            key = (item.y, item.ink)
            lines[key] = lines.get(key, "") + item.text
    return list(lines.values())


def overlay_of(record: PageRecord, stamp: Stamp = STAMP, changed: tuple[Rect, ...] = ()) -> Overlay:
    return draw_overlay(record, composed(REFERENCE).inputs.faces, stamp, changed)


def test_the_stamp_tells_revision_issue_page_content_and_who() -> None:
    record = records()[0]
    said = "\n".join(texts(overlay_of(record)))
    short = content_hash(record)[:12]
    for wanted in ("大样 第3次", "2024-05-21", "第3026期", "第1版 要闻", short, "王静：改导语", "第2次"):
        assert wanted in said


def test_there_is_a_box_for_each_role() -> None:
    said = "".join(texts(overlay_of(records()[0], Stamp("清样", roles=("责编", "总编")))))
    assert "责编总编" in said


def test_the_boxes_of_many_roles_stay_beside_what_was_found() -> None:
    record = records()[0]
    page = record.page.trim.width
    for count in (6, 12, 20):
        stamp = Stamp("大样", roles=tuple(f"第{number}审" for number in range(count)))
        lines = (one for one in overlay_of(record, stamp).items if isinstance(one, Rule))
        boxes = [one.rect for one in lines if one.rect.y > record.page.trim.height + SU_PER_PT]
        assert page * 3 // 10 < min(one.x for one in boxes)


def test_each_story_has_its_lines_counted() -> None:
    record = records()[0]
    body = [line for line in lines_of(record) if line.kind in ("body", "byline")]
    of_lead = [line for line in body if line.story == "lead"]
    numbers = [item for item in overlay_of(record).items if isinstance(item, GlyphRun) and item.ink == "proof/blue"]
    baselines = {one.runs[0].y for one in of_lead}
    on_lead = {int(item.text) for item in numbers if item.text.isdigit() and item.y in baselines}
    assert {1, *range(5, len(of_lead) + 1, 5)} <= on_lead
    assert max(on_lead) <= len(of_lead)


def test_nothing_but_tags_numbers_and_bars_lies_on_the_page_and_the_rest_fits_the_margin() -> None:
    record = records()[0]
    trim = record.page.trim
    for item in overlay_of(record).items:
        x, y = (item.x, item.y) if isinstance(item, GlyphRun) else (item.rect.x, item.rect.y)
        assert -MARGIN <= x <= trim.width + MARGIN
        assert -MARGIN <= y <= trim.height + MARGIN


def test_the_inks_of_marks_are_no_inks_of_the_page() -> None:
    assert not set(INKS) & set(records()[0].page.inks)


def test_a_changed_line_has_a_bar_beside_it() -> None:
    line = lines_of(records()[0])[20].rect
    items = overlay_of(records()[0], changed=(line,)).items
    bars = [one.rect for one in items if isinstance(one, Rule) and one.ink == "proof/magenta"]
    assert [(one.y, one.height) for one in bars] == [(line.y, line.height)]
    assert 0 < bars[0].x - line.right < line.height


@pytest.mark.parametrize("name", NAMES)
def test_bars_and_line_numbers_share_the_gutter(name: str) -> None:
    numbers, touched = 0, 0
    for record in records(name):
        lines = tuple(line.rect for line in lines_of(record) if line.kind == "body")
        overlay = draw_overlay(record, composed(name).inputs.faces, STAMP, lines)
        bars = [one.rect for one in overlay.items if isinstance(one, Rule) and one.ink == "proof/magenta"]
        for run in overlay.items:
            if isinstance(run, GlyphRun) and run.ink == "proof/blue" and run.text.isdigit() and run.y > 0:
                top, right = run.y - run.size * 7 // 10, glyph_rect(run, len(run.gids) - 1).x + run.size // 2
                beside = (one for one in bars if one.y < run.y and top < one.bottom)
                numbers += 1
                touched += any(run.x < one.right and one.x < right for one in beside)
    assert touched * 10 <= numbers  # beside a point that hangs out there is no room for both
    assert touched == 0 or name != REFERENCE


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    shutil.copytree(ISSUES, tmp_path / "issues")
    return tmp_path / "issues" / REFERENCE


def edit(issue: Path, name: str, old: str, new: str) -> None:
    text = (issue / name).read_text(encoding="utf-8")
    assert old in text
    (issue / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_glyph_is_found_by_its_place_in_the_article() -> None:
    record = records()[0]
    places = PagePlaces(record)
    for line in lines_of(record):
        for run in line.runs:
            source = record.sources[run.key]
            if source.file.startswith("articles/"):
                assert places.of_span(source.span(run.starts[0])) == glyph_rect(run, 0)


def test_findings_stand_at_their_places(paper: Path, tmp_path: Path) -> None:
    edit(paper, "articles/lead.md", "会议采取视频", "会议\U00020bb7采取视频" + "这句话让它溢出。" * 12)
    record = record_in(pdf_of(proofs(paper, tmp_path / "out")))
    noted = {one.finding.code: one for one in note_findings(record, PagePlaces(record))}
    places = PagePlaces(record)
    assert noted["page/overset"].place == places.end_of("lead")
    missing = noted["face/missing-character"].place
    before = next(
        glyph_rect(run, run.text.index("会议采") + 1 if "会议采" in run.text else run.text.index("议"))
        for line in lines_of(record)
        for run in line.runs
        if run.key == "lead/body-7" or run.text.endswith("会议")
    )
    assert missing is not None
    assert before.height == missing.height
    regions = {region.id: region.rect for region in record.page.regions}
    assert noted["page/stand-in"].place in regions.values()


def test_a_character_from_another_face_is_tagged_though_it_is_only_a_note() -> None:
    record = records()[0]
    line = next(one for one in lines_of(record) if one.kind == "body")
    note = diagnose("face/other-face", record.sources[line.key].span(line.runs[0].starts[3]), text="龘", role="书宋")
    (noted,) = note_findings(msgspec.structs.replace(record, findings=(note,)), PagePlaces(record))
    assert noted.place == glyph_rect(line.runs[0], 3)


def listed(count: int, text: str = "龘") -> list[GlyphRun]:
    """The list below the page, where so many findings were made."""
    record = records()[0]
    line = next(one for one in lines_of(record) if one.kind == "body")
    note = diagnose("face/missing-character", record.sources[line.key].span(line.runs[0].starts[3]), text=text)
    overlay = overlay_of(msgspec.structs.replace(record, findings=(note,) * count))
    below = record.page.trim.height
    return [one for one in overlay.items if isinstance(one, GlyphRun) and one.ink == "proof/red" and one.y > below]


def test_findings_that_do_not_fit_one_column_are_listed_in_more() -> None:
    for count, columns in ((3, 1), (6, 1), (7, 2), (12, 2), (13, 3), (18, 3)):
        said = listed(count)
        assert len({one.y for one in said}) <= 6
        assert any("articles/" in one.text for one in said) == (columns == 1)
        assert len({one.x for one in said if one.text.split(" ")[0].isdigit()}) == columns
        assert {str(number) for number in range(1, count + 1)} <= {one.text.split(" ")[0] for one in said}


def test_findings_without_room_in_the_list_are_counted() -> None:
    assert any("另有 13 处" in text for text in lines_said(listed(30)))


def test_a_long_finding_is_told_on_as_many_lines_as_there_is_room_for() -> None:
    said = lines_said(listed(1, "他说过的话" * 30))
    assert 2 <= len(said) <= 6
    assert said[-1].rstrip().endswith("TY-110）") or "他说过的话" in said[1]


def lines_said(runs: list[GlyphRun]) -> list[str]:
    lines: dict[tuple[int, int], str] = {}
    for one in runs:
        lines[(one.y, 0)] = lines.get((one.y, 0), "") + one.text
    return list(lines.values())


def test_a_fault_in_the_copy_is_tagged_and_does_not_keep_the_proof_back(paper: Path, tmp_path: Path) -> None:
    edit(paper, "articles/lead.md", "“双过半”", "“双过半")
    (paper / "articles/unplaced.md").write_text("---\nheadline: 没有地方的稿件\n---\n\n正文。\n", encoding="utf-8")
    built = proofs(paper, tmp_path / "out")
    assert {"copy/unpaired-mark", "spec/story-not-placed"} <= {one.code for one in built.diagnostics}
    record = record_in(pdf_of(built))
    noted = {one.finding.code: one.place for one in note_findings(record, PagePlaces(record))}
    assert noted["copy/unpaired-mark"] is not None


def test_an_article_that_cannot_be_read_leaves_its_place_empty(paper: Path, tmp_path: Path) -> None:
    (paper / "articles/energy.md").write_bytes(b"---\nheadline: \xff\xfe\n---\n")
    record = record_in(pdf_of(proofs(paper, tmp_path / "out")))
    assert not any(key.startswith("energy/") for key in record.sources)


def test_a_missing_picture_leaves_a_marked_hole_and_the_rest_of_the_proof(paper: Path, tmp_path: Path) -> None:
    (paper / "photos/sewing.jpg").unlink()
    built = proofs(paper, tmp_path / "out")
    assert "copy/file-missing" in {one.code for one in built.diagnostics}
    record = record_in(pdf_of(built))
    assert "缺图" in "".join(texts(overlay_of(record)))
    assert "缺图" not in "".join(texts(overlay_of(records()[0])))


def test_a_broken_picture_does_not_keep_the_proof_back_and_is_told_on_it(paper: Path, tmp_path: Path) -> None:
    data = (paper / "photos/sewing.jpg").read_bytes()
    (paper / "photos/sewing.jpg").write_bytes(data[: len(data) // 3])
    record = record_in(pdf_of(proofs(paper, tmp_path / "out")))
    assert any(one.severity == "error" for one in record.findings)


def test_the_page_is_not_moved_by_its_marks() -> None:
    assert MARGIN % SU_PER_PT == 0
    assert overlay_of(msgspec.structs.replace(records()[0], findings=())).margin == MARGIN


@pytest.mark.parametrize("bleed", ["0mm", "3mm"])
def test_what_is_said_around_the_page_stands_outside_the_printers_marks(
    bleed: str, paper: Path, tmp_path: Path
) -> None:
    house = paper.parent / "house/xinjimo.yaml"
    text = house.read_text(encoding="utf-8")
    text = text.replace("profile: pdfx4,", "profile: printers/magazine.yaml,")
    house.write_text(text.replace("place: centre}        # 四开", f"place: centre, bleed: {bleed}}}"), encoding="utf-8")
    data = pdf_of(proofs(paper, tmp_path / "out"))
    with pikepdf.open(BytesIO(data)) as opened:
        page = opened.pages[0]
        beside = float(page.TrimBox[0]) - float(page.MediaBox[0])
        above = float(page.MediaBox[3]) - float(page.TrimBox[3])
    assert beside == pytest.approx(above, abs=0.01)
    assert above == pytest.approx(117, abs=0.01)  # 74 for the proof and 15 mm for the printer, in whole points
    overlay = draw_overlay(record_in(data), composed(REFERENCE).inputs.faces, STAMP, taken=mm(15))
    height = record_in(data).page.trim.height
    around = [one for one in overlay.items if isinstance(one, GlyphRun) and not 0 <= one.y <= height]
    assert around
    for one in around:
        assert one.y <= -mm(15) or one.y - one.size >= height + mm(15)
