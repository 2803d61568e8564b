"""PR-71, PR-72, PR-78: type that is there and not seen, false styles, unclean characters."""

import pytest
from pikepdf import Array, Dictionary, Name

from layout_engine.preflight.fonts import Allowance, Font
from layout_engine.preflight.rules.cut import has_hairlines
from tests.pdfx.faults import an_unclean_text
from tests.preflight.bad import TEXT, Case, a_form, an_image, codes, only, painting, spoiled

WORDS = TEXT.format(size=20)
ON = "1 0 0 1 300 300 Tm <00010002> Tj ET"
LOOK = "q 200 0 0 200 290 290 cm /Im9 Do Q"
GRAY_IMAGE = {"Im9": an_image(1, 1, b"x")}
SOFT_IMAGE = {"Im9": an_image(1, 1, b"x", SMask=an_image(1, 1, b"x"))}

CASES = {
    "not painted": Case("hidden-text", painting(f"BT 3 Tr /F0 20 Tf {ON}"), painting(f"BT 0 Tr /F0 20 Tf {ON}")),
    "wholly transparent": Case(
        "hidden-text", painting(f"/Gs9 gs 0 0 0 1 k {WORDS}", ExtGState={"Gs9": Dictionary(ca=0)}), painting(WORDS)
    ),
    "clipped away": Case(
        "hidden-text", painting(f"q 0 0 90 90 re W n {WORDS} Q"), painting(f"q 0 0 700 700 re W n {WORDS} Q")
    ),
    "under a panel": Case(
        "hidden-text",
        painting(f"0 0 0 1 k {WORDS} /Knock gs 0 1 0 0 k 290 290 200 200 re f"),
        painting(f"/Knock gs 0 1 0 0 k 290 290 200 200 re f 0 0 0 1 k {WORDS}"),
    ),
    "under an overprinting panel": Case(
        "hidden-text",
        painting(f"0 0 0 1 k {WORDS} /Knock gs 0 0 0 0 k 290 290 200 200 re f"),
        painting(f"0 0 0 1 k {WORDS} /Over gs 0 1 0 0 k 290 290 200 200 re f"),
    ),
    "under a tint of its own ink that overprints": Case(
        "hidden-text",
        painting(f"/Over gs 0 0 0 1 k {WORDS} 0 0 0 .1 k 290 290 200 200 re f"),
        painting(f"/Over gs 0 0 0 1 k {WORDS} .1 0 0 0 k 290 290 200 200 re f"),
    ),
    "under an overprinting tint where it knocked nothing out": Case(
        "hidden-text",
        painting(f"/Over gs 0 1 0 0 k 290 290 200 200 re f 0 0 0 1 k {WORDS} 0 0 0 .1 k 290 290 200 200 re f"),
        painting(
            f"/Knock gs 0 1 0 0 k 290 290 200 200 re f 0 0 0 1 k {WORDS} /Over gs 0 0 0 .1 k 290 290 200 200 re f"
        ),
    ),
    "under a picture": Case(
        "hidden-text",
        painting(f"0 0 0 1 k {WORDS} {LOOK}", XObject=GRAY_IMAGE),
        painting(f"0 0 0 1 k {WORDS} {LOOK}", XObject=SOFT_IMAGE),
    ),
    "in a form that is clipped by its box": Case(
        "hidden-text",
        painting("/F9 Do", XObject={"F9": a_form(WORDS, BBox=Array([0, 0, 90, 90]))}),
        painting("/F9 Do", XObject={"F9": a_form(WORDS, BBox=Array([0, 0, 900, 900]))}),
    ),
    "white on paper": Case(
        "white-on-paper",
        painting(f"/Knock gs 0 0 0 0 k {WORDS}"),
        painting(f"/Knock gs 0 0 0 1 k 290 290 200 200 re f 0 0 0 0 k {WORDS}"),
    ),
    "off the sheet": Case(
        "hidden-text",
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 -300 300 Tm <0001> Tj ET"),
        painting(f"0 0 0 1 k {WORDS}"),
    ),
    "white on a white panel": Case(
        "hidden-text",
        painting(f"/Knock gs 0 0 0 0 k 290 290 200 200 re f {WORDS}"),
        painting(f"/Knock gs 0 0 0 1 k 290 290 200 200 re f 0 0 0 0 k {WORDS}"),
    ),
    "red on red": Case(
        "hidden-text",
        painting(f"/Knock gs 0 1 1 0 k 290 290 200 200 re f {WORDS}"),
        painting(f"/Knock gs 0 1 1 0 k 290 290 200 200 re f 0 0 0 0 k {WORDS}"),
    ),
    "one letter of a line under a panel": Case(
        "hidden-text",
        painting(f"0 0 0 1 k {WORDS} /Knock gs 0 1 0 0 k 320 290 200 200 re f"),
        painting(f"0 0 0 1 k {WORDS} /Knock gs 0 1 0 0 k 330 290 200 200 re f"),
    ),
    "white Song in a small size": Case(
        "reversed-face",
        painting(f"/Knock gs 0 0 0 1 k 290 290 200 200 re f 0 0 0 0 k {TEXT.format(size=11)}"),
        painting(f"/Knock gs 0 0 0 1 k 290 290 200 200 re f 0 0 0 0 k {TEXT.format(size=12)}"),
    ),
    "black on a dark tint": Case(
        "black-on-tint",
        painting(f"/Knock gs 0 0 0 .5 k 290 290 200 200 re f /Over gs 0 0 0 1 k {WORDS}"),
        painting(f"/Knock gs 0 0 0 .3 k 290 290 200 200 re f /Over gs 0 0 0 1 k {WORDS}"),
    ),
    "white on a light tint": Case(
        "white-on-tint",
        painting(f"/Knock gs 0 0 0 .5 k 290 290 200 200 re f 0 0 0 0 k {WORDS}"),
        painting(f"/Knock gs 0 0 0 .6 k 290 290 200 200 re f 0 0 0 0 k {WORDS}"),
    ),
    "one letter on another": Case(
        "collision",
        painting(f"0 0 0 1 k {WORDS} BT 1 0 0 1 305 302 Tm <0003> Tj ET"),
        painting(f"0 0 0 1 k {WORDS} BT 1 0 0 1 345 300 Tm <0003> Tj ET"),
    ),
    "one letter of a line on the next": Case(
        "collision",
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm [<0001> 700 <0002>] TJ ET"),
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm [<0001> 100 <0002>] TJ ET"),
    ),
    "a letter drawn twice": Case(
        "drawn-twice",
        painting(f"0 0 0 1 k {WORDS} BT 1 0 0 1 300.4 300 Tm <0001> Tj ET"),
        painting(f"0 0 0 1 k {WORDS} BT 1 0 0 1 300 330 Tm <0001> Tj ET"),
    ),
    "a letter drawn twice in one line": Case(
        "drawn-twice",
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm [<0001> 980 <0001>] TJ ET"),
        painting("0 0 0 1 k BT /F0 20 Tf 1 0 0 1 300 300 Tm [<0001> 100 <0001>] TJ ET"),
    ),
    "bold by a stroke": Case("false-bold", painting(f"BT 2 Tr /F0 20 Tf {ON}")),
    "italic by a matrix": Case(
        "false-italic",
        painting("BT /F0 20 Tf 1 0 0.2 1 300 300 Tm <0001> Tj ET"),
        painting("BT /F0 20 Tf 0 1 -1 0 300 300 Tm <0001> Tj ET"),
    ),
    "condensed": Case("stretched-type", painting(f"BT 60 Tz /F0 20 Tf {ON}"), painting(f"BT 80 Tz /F0 20 Tf {ON}")),
    "expanded by a matrix": Case("stretched-type", painting("q 1.5 0 0 1 0 0 cm " + WORDS + " Q")),
    "a private character": Case("unclean-character", an_unclean_text),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_of_type_is_found(case: Case) -> None:
    case.check()


def test_a_private_character_is_named() -> None:
    assert "U+E000" in only("unclean-character", spoiled(an_unclean_text)).diagnostic.message("en")


@pytest.mark.parametrize(
    "operators",
    [
        "BT /F0 5 Tf 300 300 Td <0001> Tj ET",
        "BT /F0 5 Tf 300 300 TD <0001> Tj ET",
        "BT /F0 5 Tf 12 TL 300 300 Td T* <0001> Tj ET",
        "BT /F0 5 Tf 300 300 Td <0001> ' ET",
        'BT /F0 5 Tf 300 300 Td 0 0 <0001> " ET',
        "BT /F0 5 Tf 300 300 Td [<0001> -20 <0002>] TJ ET",
        "BT /F0 5 Tf 300 300 Td (\\000\\001) Tj ET",
        "BT /F0 50 Tf .1 0 0 .1 300 300 Tm <0001> Tj ET",
        "/F9 gs BT 300 300 Td <0001> Tj ET",
    ],
)
def test_every_way_of_showing_text_is_read(operators: str) -> None:
    def plant(pdf: object) -> None:
        font = pdf.pages[0].obj.Resources.Font["/F0"]  # type: ignore[attr-defined]
        painting(f"0 0 0 1 k {operators}", ExtGState={"F9": Dictionary(Font=Array([font, 5]))})(pdf)  # type: ignore[arg-type]

    assert "type-small" in codes(spoiled(plant))


def test_a_line_of_type_is_as_long_as_its_advances() -> None:
    """Ten glyphs of one em, each 3 pt further by Tc, at 20 pt: the last stands 207 pt after the first."""
    far = painting("0 0 0 1 k BT /F0 20 Tf 3 Tc 1 0 0 1 533 300 Tm <" + "0001" * 10 + "> Tj ET")
    near = painting("0 0 0 1 k BT /F0 20 Tf 3 Tc 1 0 0 1 523 300 Tm <" + "0001" * 10 + "> Tj ET")
    assert "text-near-cut" in codes(spoiled(far))
    assert "text-near-cut" not in codes(spoiled(near))


def test_a_letter_that_a_panel_hides_is_hidden_and_collides_with_nothing() -> None:
    panel, later = "/Knock gs 0 1 0 0 k 290 290 200 200 re f", "/Over gs BT 1 0 0 1 305 302 Tm <0003> Tj ET"
    told = codes(spoiled(painting(f"0 0 0 1 k {WORDS} {panel} 0 0 0 1 k {later}")))
    assert "hidden-text" in told
    assert "collision" not in told


@pytest.mark.parametrize(
    ("name", "descriptor", "delicate"),
    [
        ("NotoSerifSC-Regular", {}, True),
        ("SimSun", {}, True),
        ("FZShuSong-Z01S", {}, True),
        ("NotoSansSC-Light", {}, True),
        ("NotoSerifSC-Bold", {}, False),
        ("NotoSerifSC-Black", {}, False),
        ("NotoSansSC-Regular", {}, False),
        ("SimHei", {}, False),
        ("Unknown", {}, False),
        ("Unknown", {"Flags": 34}, True),
        ("Unknown", {"Flags": 34, "FontWeight": 700}, False),
        ("Unknown", {"Flags": 34, "StemV": 140}, False),
        ("Unknown", {"FontWeight": 300}, True),
        ("Unknown", {"StemV": 40}, True),
    ],
)
def test_a_face_is_judged_by_name_weight_and_stems(name: str, descriptor: dict[str, int], *, delicate: bool) -> None:
    about = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/ABCDEF+{name}"),
        FontDescriptor=Dictionary({f"/{key}": one for key, one in {"Flags": 32, "StemV": 80, **descriptor}.items()}),
    )  # fmt: skip
    assert has_hairlines(Font(about, Allowance(0))) is delicate
