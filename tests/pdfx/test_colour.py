"""Output intent, colour, ink: PR-30 to PR-52."""

import struct

from pikepdf import Array, Dictionary, Name, String

from tests.pdfx.clause import clause
from tests.pdfx.faults import in_catalog, in_content, in_intent, in_profile, on_page, painting
from tests.pdfx.measure import Painted, everything, names_in
from tests.pdfx.samples import Written

TAGS = {"desc", "cprt", "wtpt", "A2B0", "A2B1", "B2A0", "B2A1"}
FORBIDDEN = {"/DeviceRGB", "/CalRGB", "/CalGray", "/Lab", "/ICCBased", "/DefaultRGB", "/DefaultCMYK", "/DefaultGray"}
BLACK = ("k", (0.0, 0.0, 0.0, 1.0))
OVER = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
TEXT = "BT /F0 {size} Tf 1 0 0 1 300 300 Tm <0001> Tj ET"


def inks(one: Painted) -> tuple[float, ...]:
    """C, M, Y, K of what is painted, in per cent."""
    space, values = one.colour
    assert space == "k", "the samples print in process inks"
    return tuple(100 * value for value in values)


def texts(file: Written) -> list[Painted]:
    return [one for one in file.painted if one.kind == "text"]


@clause("PR-30", fault=in_catalog("OutputIntents", Array()))
def test_pr30_there_is_one_output_intent_of_the_kind(file: Written) -> None:
    (intent,) = file.pdf.Root.OutputIntents
    assert (intent.Type, intent.S) == ("/OutputIntent", "/GTS_PDFX")


@clause("PR-30", fault=in_intent("RegistryName", None))
def test_pr30_the_condition_is_named_registered_described_and_embedded(file: Written) -> None:
    (intent,) = file.pdf.Root.OutputIntents
    assert str(intent.OutputConditionIdentifier) == "IFRA26"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert str(intent.Info)
    assert intent.DestOutputProfile.N == 4


@clause("PR-31", fault=in_profile(12, b"mntr"))
def test_pr31_the_profile_is_of_a_press_with_four_inks_and_whole(file: Written) -> None:
    icc = file.pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    size, version, kind, space, pcs, magic = struct.unpack_from(">L4xB3x4s4s4s12x4s", icc)
    assert size == len(icc)
    assert version == 2
    assert (kind, space, magic) == (b"prtr", b"CMYK", b"acsp")
    assert pcs in (b"Lab ", b"XYZ ")
    (count,) = struct.unpack_from(">L", icc, 128)
    tags = [struct.unpack_from(">4sLL", icc, 132 + 12 * number) for number in range(count)]
    assert {tag.decode() for tag, _, _ in tags} >= TAGS
    assert all(offset + length <= len(icc) for _, offset, length in tags)


@clause("PR-40", "PR-41", fault=painting("", ColorSpace={"Cs9": Array([Name.ICCBased, Dictionary(N=3)])}))
def test_pr41_no_space_of_rgb_or_lab_is_named_anywhere(file: Written) -> None:
    assert not FORBIDDEN & names_in(file.pdf)


@clause("PR-40", fault=painting("1 0 0 rg 300 300 10 10 re f"))
def test_pr40_the_content_paints_in_process_inks(file: Written) -> None:
    assert {one.colour[0] for one in file.painted if one.kind != "image"} == {"k"}


@clause("PR-42", fault=painting(f"0 g {TEXT.format(size=9)}"))
def test_pr42_black_text_is_k_alone_and_overprints(file: Written) -> None:
    for one in texts(file):
        assert one.colour[0] == "k"
        if one.em <= 12 and sum(one.colour[1]) > 0 and one.colour[1][3] > 0:
            assert one.colour == BLACK
            assert (one.over, one.mode) == (True, 1)


@clause("PR-43", fault=painting(f"0.3 0.2 0.2 1 k {TEXT.format(size=40)}"))
def test_pr43_no_type_is_in_rich_black(file: Written) -> None:
    for one in texts(file):
        cyan, magenta, yellow, black = inks(one)
        assert not (black >= 60 and cyan + magenta + yellow > 10)
        assert min(cyan, magenta, yellow) < 60


@clause("PR-44", fault=painting("/GsOver gs 0 0 0 0 k 300 300 10 10 re f", ExtGState={"GsOver": OVER}))
def test_pr44_white_never_overprints(file: Written) -> None:
    for one in file.painted:
        if one.kind != "image":
            assert sum(one.colour[1]) > 0 or not one.over


@clause(
    "PR-45",
    fault=painting(
        "/Gs0 gs 0 0 0 1 k 300 300 10 10 re f",
        ExtGState={"Gs0": Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=0)},
    ),
)
def test_pr45_what_overprints_does_so_in_mode_1(file: Written) -> None:
    for one in file.painted:
        assert one.mode == 1 or not one.over
        assert one.kind != "image" or not one.over


@clause("PR-45", fault=painting("", ExtGState={"Gs0": Dictionary(Type=Name.ExtGState, OP=True)}))
def test_pr45_every_state_says_both_kinds_of_overprint(file: Written) -> None:
    for state in file.page.Resources.ExtGState.values():
        assert {"/OP", "/op", "/OPM"} <= set(state.keys())


@clause(
    "PR-46",
    "PR-47",
    fault=painting(
        "/All cs 1 scn",
        ColorSpace={"All": Array([Name.Separation, Name.All, Name.DeviceCMYK, Dictionary(FunctionType=2)])},
    ),
)
def test_pr46_no_spot_stands_on_a_page_that_names_none(file: Written) -> None:
    assert not {"/Separation", "/DeviceN", "/All"} & names_in(file.pdf)


@clause("PR-48", fault=painting("1 1 1 0.9 k 300 300 10 10 re f"))
def test_pr48_no_flat_ink_is_over_the_limit(file: Written) -> None:
    assert all(sum(inks(one)) <= 240 for one in file.painted if one.kind != "image")


@clause("PR-49", fault=painting("0 0 0 1 k 300 300 100 0.1 re f"))
def test_pr49_no_rule_is_thinner_than_a_plate_holds(file: Written) -> None:
    for one in file.painted:
        solid = [value for value in one.colour[1] if value]
        least = 0.25 if solid == [1.0] else 0.5
        assert all(min(width, height) >= least - 0.005 for _, _, width, height in one.rects)


@clause("PR-49", fault=painting("0 w 300 300 m 400 400 l S"))
def test_pr49_nothing_is_stroked(file: Written) -> None:
    content = file.page.Contents.read_bytes().decode("ascii").split()
    assert not {"S", "s", "B", "b", "B*", "b*", "w"} & set(content)


@clause("PR-50", fault=painting(f"0 0 0 1 k {TEXT.format(size=5)}"))
def test_pr50_no_type_is_under_five_and_a_half_points(file: Written) -> None:
    assert all(one.em >= 5.5 for one in texts(file))


@clause("PR-51", fault=on_page("Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)))
def test_pr51_there_is_no_transparency(file: Written) -> None:
    for one in everything(file.pdf):
        if not isinstance(one, Array):
            assert not {"/Group", "/SMask", "/SMaskInData", "/ca", "/CA", "/BM"} & set(one.keys())


@clause("PR-52", fault=painting("", ExtGState={"Gs0": Dictionary(OP=False, op=False, OPM=0, TR=Name.Identity)}))
def test_pr52_no_device_is_told_how_to_print(file: Written) -> None:
    for one in everything(file.pdf):
        if not isinstance(one, Array):
            assert not {"/TR", "/TR2", "/HT", "/HTP", "/BG", "/BG2", "/UCR", "/UCR2", "/RI"} & set(one.keys())


@clause("PR-71", fault=in_content("BT", "BT 3 Tr"))
def test_pr71_no_text_is_hidden(file: Written) -> None:
    content = file.page.Contents.read_bytes().decode("ascii").split()
    assert not {"Tr", "W", "W*"} & set(content)
    assert all(sum(one.colour[1]) > 0 for one in texts(file))


def test_a_text_string_for_faults_is_a_string() -> None:
    assert isinstance(String("x"), String)
