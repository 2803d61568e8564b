"""`build --replaces`: another job is refused with all its differences; of a late page only what changes is remade."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest
from PIL import Image

from layout_engine.final.facts import UnfitError, read_facts
from layout_engine.final.replacing import Replaced, page_of_name
from layout_engine.pipeline import Build, build
from layout_engine.places import Places
from layout_engine.plates.model import changed_plates
from layout_engine.plates.render import render_plates
from tests.cli.conftest import Run, run
from tests.final.conftest import PDF, Paper, build_final, overfill
from tests.kit.adverts import SOUND, write_advert
from tests.kit.face import write_kit_fonts
from tests.pipeline.conftest import PAGE, picture

__all__ = ["run"]
HOUSE = "../house/paper.yaml"
BASE = Path(__file__).parents[1] / "cases" / "pages" / "_base"
AD_PAGE = """
page: 1
format: small
regions:
  - {id: shop, kind: ad, at: [20mm, 20mm], size: [60mm, 40mm], art: ../ads/shop.pdf}
"""


@pytest.fixture
def old(paper: Paper, tmp_path: Path) -> Path:
    """What the printer has: a final of the page, elsewhere."""
    made = build_final(paper).pages[0].pdf
    assert made is not None
    place = tmp_path / "printer" / made.name
    place.parent.mkdir()
    made.rename(place)
    return place


def replaced(paper: Paper, old: Path, **how: object) -> Build:
    return build_final(paper, final=False, replaces=old, **how)


def plates(built: Build) -> tuple[set[str], set[str]]:
    one = built.pages[0].replaced
    assert isinstance(one, Replaced)
    assert built.clean, built.diagnostics
    assert one.plates_changed is not None
    assert one.plates_same is not None
    assert one.doubt == ""
    return set(one.plates_changed), set(one.plates_same)


def differences(built: Build) -> dict[str, tuple[str, str]]:
    one = built.pages[0].replaced
    assert one is not None
    return {each.fact: (each.old, each.new) for each in one.differences}


def codes(built: Build) -> set[str]:
    return {one.code for one in built.diagnostics if one.severity == "error"}


def nothing_written(paper: Paper) -> bool:
    return not list(paper.out.glob("*.pdf"))


def test_a_page_set_again_changes_no_plate(paper: Paper, old: Path, pdf: Path) -> None:
    assert plates(replaced(paper, old)) == (set(), {"C", "M", "Y", "K"})
    assert pdf.read_bytes() == old.read_bytes()


def test_a_black_comma_changes_the_black_plate_alone(paper: Paper, old: Path) -> None:
    paper.edit("articles/lead.md", "今天的头条：第一行", "今天的头条，第一行")
    assert plates(replaced(paper, old)) == ({"K"}, {"C", "M", "Y"})


def test_a_new_character_in_a_face_leaves_its_coloured_type_as_it_was(paper: Paper, tmp_path: Path) -> None:
    """The subset is another one, and its glyphs have other numbers; the red ones look as they did."""
    paper.edit(HOUSE, "folio:     {face: song,", "folio:     {face: song, ink: red,")
    made = build_final(paper).pages[0].pdf
    assert made is not None
    first = made.rename(tmp_path / made.name)
    paper.edit("articles/lead.md", "今天的头条：第一行", "今天的鲸鱼，第一行")
    with pikepdf.open(first) as was:
        inks_of_type = was.pages[0].Contents.read_bytes()
    assert b"0 1 1 0 k\nBT" in inks_of_type
    assert plates(replaced(paper, first)) == ({"K"}, {"C", "M", "Y"})


def test_a_moved_red_line_changes_red_and_no_black_type(paper: Paper, tmp_path: Path) -> None:
    paper.edit(HOUSE, "folio:     {face: song,", "folio:     {face: song, ink: red,")
    made = build_final(paper).pages[0].pdf
    assert made is not None
    first = made.rename(tmp_path / made.name)
    paper.edit(PAGE, "{page_name}", " {page_name}")
    changed, _ = plates(replaced(paper, first))
    assert {"M", "Y"} <= changed
    assert "K" not in changed


def test_what_is_said_to_be_the_same_renders_the_same(paper: Paper, tmp_path: Path, rendered: None) -> None:
    del rendered
    made = build_final(paper).pages[0].pdf
    assert made is not None
    first = made.rename(tmp_path / made.name)
    paper.edit("articles/lead.md", "今天的头条：第一行", "今天的头条，第一行")
    built = replaced(paper, first)
    changed, same = plates(built)
    now = built.pages[0].pdf
    assert now is not None
    was, is_now = (render_plates(path, 1).value for path in (first, now))
    assert was is not None
    assert is_now is not None
    seen_changed, seen_same = changed_plates(was, is_now)
    short = {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}
    assert {short[one] for one in seen_changed} == changed
    assert {short[one] for one in seen_same} == same


def test_another_photo_changes_the_plates_that_it_has_ink_on(paper: Paper, old: Path) -> None:
    picture(paper.issue / "photos/sea.png", red=60)
    changed, same = plates(replaced(paper, old))
    assert {"C", "M"} <= changed
    assert changed.isdisjoint(same)


def test_a_grey_photo_changes_black_alone(paper: Paper, old: Path, tmp_path: Path) -> None:
    picture_file = paper.issue / "photos/sea.png"
    Image.new("L", (640, 480), 80).save(picture_file)
    made = build_final(paper).pages[0].pdf
    assert made is not None
    first = made.rename(tmp_path / made.name)
    Image.new("L", (640, 480), 90).save(picture_file)
    changed, _ = plates(replaced(paper, first))
    assert changed == {"K"}


def test_a_late_page_is_a_final_and_its_faults_hold_it(paper: Paper, old: Path, pdf: Path, rejected: Path) -> None:
    overfill(paper)
    built = replaced(paper, old)
    assert "build/final-rejected" in codes(built)
    assert (pdf.exists(), rejected.exists()) == (False, True)


def test_it_may_lie_where_the_old_one_does(paper: Paper, pdf: Path) -> None:
    build_final(paper)
    before = pdf.read_bytes()
    paper.edit("articles/lead.md", "今天的头条：第一行", "今天的头条，第一行")
    assert plates(replaced(paper, pdf)) == ({"K"}, {"C", "M", "Y"})
    assert pdf.read_bytes() != before


def test_everything_that_the_press_is_set_by_is_told_at_once(paper: Paper, old: Path) -> None:
    with pikepdf.open(old, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.obj.TrimBox = pikepdf.Array([10, 10, 700, 1000])
        page.obj.BleedBox = pikepdf.Array([5, 5, 705, 1005])
        page.obj.CropBox = pikepdf.Array([0, 0, 710, 1010])
        page.obj.Rotate = 90
        intent = pdf.Root.OutputIntents[0]
        intent.OutputConditionIdentifier = "FOGRA39"
        intent.RegistryName = "http://elsewhere"
        intent.DestOutputProfile = pdf.make_stream(b"no profile", N=4)
        names = (pikepdf.Name.Separation, pikepdf.Name.Gold, pikepdf.Name.DeviceCMYK)
        spot = pikepdf.Array([*names, pdf.make_stream(b"{}", FunctionType=4)])
        page.obj.Resources.ColorSpace = pikepdf.Dictionary(Gold=spot)
        page.contents_add(pdf.make_stream(b"/Gold cs 1 scn 50 50 20 20 re f"))
        with pdf.open_metadata() as meta:
            meta["pdfxid:GTS_PDFXVersion"] = "PDF/X-1a:2003"
        pdf.pages.append(pdf.pages[0])
        pdf.save()
    other = old.rename(old.with_name("paper-20240531-01.pdf"))
    built = replaced(paper, other)
    found = differences(built)
    assert set(found) >= {
        "name", "pages", "size", "crop", "bleed", "trim", "turned", "inks", "condition", "registry", "icc",
    }  # fmt: skip
    assert found["name"] == ("paper-20240531-01.pdf", PDF)
    assert found["inks"][0].endswith("Gold")
    assert codes(built) == {"build/replaces-differs"}
    assert sum(one.code == "build/replaces-differs" for one in built.diagnostics) == len(found)
    assert nothing_written(paper)


def test_another_standard_is_another_job(paper: Paper, old: Path) -> None:
    built = replaced(paper, old, profile="pdfx1a")
    assert differences(built)["version"] == ("PDF/X-4", "PDF/X-1a:2003")
    assert nothing_written(paper)


def _missing(path: Path) -> None:
    path.unlink()


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def _no_pdf(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _locked(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(encryption=pikepdf.Encryption(owner="o", user="u"))


def _without_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(path)


def _beside_the_table(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n1"))


HOSTILE: list[Callable[[Path], None]] = [
    _missing, _cut_off, _no_pdf, _empty, _folder, _locked, _without_pages, _beside_the_table,
]  # fmt: skip


@pytest.mark.parametrize("spoil", HOSTILE)
def test_an_old_file_that_cannot_be_relied_upon_is_one_clear_finding(
    paper: Paper, old: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(old)
    built = replaced(paper, old)
    assert [one.code for one in built.diagnostics] == ["build/replaces-unfit"]
    assert built.diagnostics[0].message("zh") != built.diagnostics[0].message("en")
    assert nothing_written(paper)


def test_a_page_that_is_not_ours_differs_and_breaks_nothing(paper: Paper, old: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        pdf.pages[0].Contents = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f /Nothing Do ( Tj")
        pdf.save(old)
    built = replaced(paper, old)
    assert {"size", "version", "condition"} <= set(differences(built))
    assert nothing_written(paper)


def test_a_name_that_says_nothing_asks_for_the_page(paper: Paper, old: Path) -> None:
    renamed = old.rename(old.with_name("last.pdf"))
    assert codes(replaced(paper, renamed)) == {"build/replaces-which"}
    assert set(differences(replaced(paper, renamed, only=1))) == {"name"}
    assert nothing_written(paper)


def test_the_page_is_found_by_the_pattern_of_the_names() -> None:
    names = {1: "paper-20240601-01.pdf", 2: "paper-20240601-02.pdf"}
    assert page_of_name("paper-20240601-02.pdf", names) == 2
    assert page_of_name("paper-20240531-02.pdf", names) == 2
    assert page_of_name("paper-20240601-03.pdf", names) is None
    assert page_of_name("other.pdf", names) is None


def test_only_the_page_that_is_replaced_is_built(big_paper: Paper, tmp_path: Path) -> None:
    built = build_final(big_paper)
    third = next(page.pdf for page in built.pages if page.number == 3)
    assert third is not None
    first = third.rename(tmp_path / third.name)
    assert [page.number for page in replaced(big_paper, first).pages] == [3]


def test_the_command_says_which_plates_are_made_again(run: Run, paper: Paper, old: Path) -> None:
    paper.edit("articles/lead.md", "今天的头条：第一行", "今天的头条，第一行")
    words = ("build", str(paper.issue), "--fonts", str(paper.fonts), "--out", str(paper.out), "--replaces", str(old))
    assert "换版：要重出的印版：K，照旧：C、M、Y\n" in run(*words, "--lang", "zh").out
    assert "plates to be made again: K; same: C, M, Y\n" in run(*words, "--lang", "en").out
    assert json.loads(run(*words, "--json").out)["replaces"] == {
        "old": old.as_posix(),
        "plates_changed": ["K"],
        "plates_same": ["C", "M", "Y"],
        "differences": [],
        "doubt": "",
    }


def test_a_refusal_ends_with_1_and_says_why(run: Run, paper: Paper, old: Path) -> None:
    words = ("build", str(paper.issue), "--fonts", str(paper.fonts), "--out", str(paper.out), "--replaces", str(old))
    ran = run(*words, "--profile", "pdfx1a", "--lang", "en")
    assert ran.code == 1
    assert "the PDF/X version differs: PDF/X-4 before, PDF/X-1a:2003 now" in ran.err
    assert json.loads(run(*words, "--profile", "pdfx1a", "--json").out)["replaces"]["plates_changed"] is None


@pytest.fixture
def with_advert(tmp_path: Path) -> Path:
    """An issue of one page with one advertisement, ads/shop.pdf."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    write_kit_fonts(tmp_path)
    folder = tmp_path / "2024-05-21"
    write_advert(folder / "ads" / "shop.pdf")
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "01.yaml").write_text(AD_PAGE, encoding="utf-8")
    return folder


def build_advert(issue: Path, **how: Any) -> Build:
    return build(issue, Places(issue.parent / "fonts", issue.parent / "output", False, None), **({"final": True} | how))


def test_an_advertisement_is_compared_as_a_whole(with_advert: Path) -> None:
    made = build_advert(with_advert).pages[0].pdf
    assert made is not None
    first = made.rename(with_advert / made.name)
    assert plates(build_advert(with_advert, replaces=first)) == (set(), {"C", "M", "Y", "K"})
    write_advert(with_advert / "ads" / "shop.pdf", SOUND.replace(b"10 10 40 20", b"10 10 41 20"))
    assert plates(build_advert(with_advert, replaces=first)) == ({"C", "M", "Y", "K"}, set())


def test_an_advertisement_without_an_ink_leaves_that_plate_alone(with_advert: Path) -> None:
    black = b"0 0 0 1 k 0 0 20 20 re f\n"
    write_advert(with_advert / "ads" / "shop.pdf", black)
    made = build_advert(with_advert).pages[0].pdf
    assert made is not None
    first = made.rename(with_advert / made.name)
    write_advert(with_advert / "ads" / "shop.pdf", black.replace(b"20 20 re", b"21 20 re"))
    assert plates(build_advert(with_advert, replaces=first)) == ({"K"}, set())


def test_a_file_changed_at_random_is_compared_or_refused(paper: Paper, old: Path) -> None:
    """Whatever the bytes are, there is an answer."""
    with pikepdf.open(old) as pdf:
        pdf.save(old.with_name("plain.pdf"), compress_streams=False)
    data, random = old.with_name("plain.pdf").read_bytes(), Random(5)
    for _ in range(20):
        spoiled = bytearray(data)
        for _ in range(random.choice((1, 3, 9))):
            spoiled[random.randrange(60_000)] = random.randrange(256)
        with suppress(UnfitError):
            read_facts(bytes(spoiled), old.name)
