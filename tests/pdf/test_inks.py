"""Ink: K alone and overprinting for black, knock-out said for everything else (PR-41 to PR-46)."""

import re

import pikepdf
import pytest

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Fill, Rule
from layout_engine.base.units import mm, pt
from layout_engine.pdf.inks import KNOCKOUT, OVERPRINT, SOLID, process_colour, state_of
from layout_engine.scene.items import SceneItem
from layout_engine.spec.resolved import Ink
from tests.pdf.scenes import INKS, a_page, a_region, a_run, content_of, opened, written

SPOT = Rect(mm(20), mm(20), mm(30), mm(10))


def painted(*items: SceneItem) -> list[tuple[str, str]]:
    """The graphics state and colour in force at each painting operator."""
    state = colour = ""
    found = []
    for line in content_of(written(a_page(a_region("lead", *items)))).splitlines():
        if line.endswith(" gs"):
            state = line.split()[0][1:]
        elif line.endswith((" k", " scn")):
            colour = line
        elif line.endswith(("Tj", "TJ", " f")):
            found.append((state, colour))
    return found


def test_black_text_is_k_alone_and_overprints() -> None:
    assert painted(a_run("黑")) == [(OVERPRINT, "0 0 0 1 k")]


def test_overprint_is_switched_off_for_the_next_colour() -> None:
    assert painted(a_run("黑"), a_run("红", ink="red"), a_run("黑")) == [
        (OVERPRINT, "0 0 0 1 k"),
        (KNOCKOUT, "0 1 1 0 k"),
        (OVERPRINT, "0 0 0 1 k"),
    ]


def test_a_column_rule_overprints_and_a_tint_knocks_out() -> None:
    assert painted(Rule(SPOT, "black"), Fill(SPOT, "black", 2_000)) == [
        (OVERPRINT, "0 0 0 1 k"),
        (KNOCKOUT, "0 0 0 0.2 k"),
    ]


def test_white_never_overprints_whatever_the_spec_says() -> None:
    assert painted(a_run("白", ink="white")) == [(KNOCKOUT, "0 0 0 0 k")]


def test_a_tint_scales_every_component() -> None:
    assert painted(Fill(SPOT, "red", 1_234)) == [(KNOCKOUT, "0 0.1234 0.1234 0 k")]


def test_a_spot_ink_is_a_separation_with_its_alternate() -> None:
    pdf = written(a_page(a_region("lead", Fill(SPOT, "gold", 5_000), a_run("金", ink="gold"))))
    with opened(pdf) as file:
        ((resource, space),) = file.pages[0].Resources.ColorSpace.items()
        kind, called, alternate, tint = space
        assert [str(kind), str(alternate)] == ["/Separation", "/DeviceCMYK"]
        assert str(called) == "/专金"
        assert [float(one) for one in tint.C1] == [0, 0.2, 0.6, 0.1]
        assert tint.FunctionType == 2
    assert f"{resource} cs 0.5 scn" in content_of(pdf)
    assert f"{resource} cs 1 scn" in content_of(pdf)


def test_both_states_say_both_kinds_of_overprint() -> None:
    with opened(written(a_page(a_region("lead", a_run("黑"))))) as file:
        states = file.pages[0].Resources.ExtGState
        over, knock = states[f"/{OVERPRINT}"], states[f"/{KNOCKOUT}"]
        assert (over.OP, over.op, over.OPM) == (True, True, 1)
        assert (knock.OP, knock.op) == (False, False)


def test_the_first_thing_on_a_page_has_its_state_said() -> None:
    assert painted(Fill(SPOT, "red"))[0][0] == KNOCKOUT


def test_nothing_but_cmyk_and_spots_sets_a_colour() -> None:
    content = content_of(written(a_page(a_region("lead", *(a_run("字", ink=ink) for ink in INKS)))))
    assert not re.search(r"(?m)\b(rg|RG|g|G|sc|SC|CS|SCN)$", content)


@pytest.mark.parametrize(
    ("ink", "percent", "written_as"),
    [
        (Ink("k", 0, 0, 0, 10_000, True), SOLID, "0 0 0 1 k"),
        (Ink("odd", 1, 3_333, 0, 9_999, False), SOLID, "0.0001 0.3333 0 0.9999 k"),
        (Ink("odd", 3_333, 0, 0, 0, False), 3_333, "0.1111 0 0 0 k"),
    ],
)
def test_components_are_written_to_a_hundredth_of_a_percent(ink: Ink, percent: int, written_as: str) -> None:
    assert process_colour(ink, percent) == written_as


def test_an_overprinting_tint_would_vanish_on_a_picture_so_it_knocks_out() -> None:
    assert state_of(INKS["black"], SOLID - 1) == KNOCKOUT


def test_no_base_14_face_and_no_type_3_stands_in_the_resources() -> None:
    pdf = written(a_page(a_region("lead", a_run("字", size=pt(9)))))
    with opened(pdf) as file:
        fonts = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        kinds = {str(one.Subtype) for one in fonts}
    assert kinds == {"/Type0", "/CIDFontType2"}
    assert b"Helvetica" not in pdf
