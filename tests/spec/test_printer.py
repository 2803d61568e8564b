"""A printer's own profile: what its file says, what the house says beside it, and what the command line asks for."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Outcome
from layout_engine.base.picture_rules import PictureRules
from layout_engine.base.units import mm, pt
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec, Output
from tests.spec.issue_folder import BASE, HOUSE, ROLES, read_with

PRINTER = "house/printers/qingdao.yaml"
WHOLE = """\
title: 青岛印务
builds_on: pdfx1a
icc: newspaper.icc
condition: QD-coldset-2024
registry: none
info: 青岛印务冷固轮转
total_ink: 220
spots: [专金]
limits:
  rule: 0.3pt
  rule_mixed: 0.6pt
  type: 6pt
  type_mixed: 10pt
  picture_ppi: {least: 120, wanted: 180, most: 250, line_art: 800}
pictures: {intent: perceptual, black_point: false, sharpening: 120, tagged_cmyk: keep, heavy_cmyk: refuse}
boxes: {trims: [[270mm, 390mm], [360mm, 546mm]], bleed: 3mm, margin: 15mm}
marks: [crop, register, crop]
name: "QD-{code}-{date:%y%m%d}-{page:A02}.pdf"
"""


def house(output: str) -> str:
    """The base house with this `output:`."""
    text = (BASE / HOUSE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("output:")]
    return "\n".join([*lines, f"output: {output}", ""])


def read(folder: Path, output: str, printer: str = WHOLE, asked: str | None = None) -> Outcome[IssueSpec]:
    files: dict[str, str | bytes] = {HOUSE: house(output), PRINTER: printer, "house/printers/newspaper.icc": b"icc"}
    outcome = read_with(folder, files)
    return outcome if asked is None else read_issue(folder / "2024-05-21", roles=ROLES, profile=asked)


def output_of(outcome: Outcome[IssueSpec]) -> Output:
    assert outcome.diagnostics == (), [one.message("en") for one in outcome.diagnostics]
    assert outcome.value is not None
    return outcome.value.output


def test_the_file_in_the_documentation_is_sound(tmp_path: Path) -> None:
    page = (BASE.parents[3] / "docs" / "printers.md").read_text(encoding="utf-8")
    printer = page.partition("```yaml\n")[2].partition("```")[0].replace("newspaper26v5.icc", "newspaper.icc")
    says = output_of(read(tmp_path, "{profile: printers/qingdao.yaml}", printer)).says
    silent = {key for key in says.__struct_fields__ if getattr(says, key) is None}
    assert silent <= {"pictures"}, "the example shows every key"


def test_without_a_printers_file_the_house_speaks_alone(tmp_path: Path) -> None:
    output = output_of(read(tmp_path, "{profile: pdfx1a}"))
    assert (output.profile, output.total_ink, output.says.icc, output.says.marks) == ("pdfx1a", 240, None, None)


def test_a_printers_file_says_everything_about_the_press(tmp_path: Path) -> None:
    outcome = read(tmp_path, "{profile: printers/qingdao.yaml}")
    output = output_of(outcome)
    says = output.says
    assert (output.profile, output.total_ink, says.total_ink) == ("pdfx1a", 220, 220)
    assert (says.title, says.condition, says.registry, says.info) == (
        "青岛印务",
        "QD-coldset-2024",
        "none",
        "青岛印务冷固轮转",
    )
    assert says.icc is not None
    assert says.icc.read_bytes() == b"icc"
    assert (says.rule_least, says.rule_least_mixed, says.type_least, says.type_least_mixed) == (
        19661,
        39322,
        pt(6),
        pt(10),
    )
    assert (says.picture_ppi_least, says.picture_ppi_wanted, says.picture_ppi_most) == (120, 180, 250)
    assert (says.line_art_ppi_least, says.bleed, says.margin) == (800, mm(3), mm(15))
    assert says.pictures == PictureRules(
        intent="perceptual", black_point=False, sharpening=120, tagged_cmyk="keep", heavy_cmyk="refuse"
    )
    assert says.trims == ((mm(270), mm(390)), (mm(360), mm(546)))
    assert (says.spots, says.marks) == (("专金",), ("crop", "register"))
    assert outcome.value is not None
    assert outcome.value.pages[0].file_name == "QD-sample-240521-A01.pdf"
    assert "../house/printers/qingdao.yaml" in outcome.value.hashes


def test_what_the_house_says_itself_wins_over_the_printers_file(tmp_path: Path) -> None:
    outcome = read(tmp_path, '{profile: printers/qingdao.yaml, total_ink: 200, name: "{page:02}.pdf"}')
    output = output_of(outcome)
    assert (output.total_ink, output.says.condition) == (200, "QD-coldset-2024")
    assert outcome.value is not None
    assert outcome.value.pages[0].file_name == "01.pdf"


def test_condition_and_icc_profile_are_never_mixed_from_two_files(tmp_path: Path) -> None:
    says = output_of(read(tmp_path, "{profile: printers/qingdao.yaml, condition: IFRA26}")).says
    assert (says.condition, says.icc, says.info) == ("IFRA26", None, None)


def test_a_name_on_the_command_line_changes_the_standard_and_keeps_the_printer(tmp_path: Path) -> None:
    output = output_of(read(tmp_path, "{profile: printers/qingdao.yaml}", asked="proof"))
    assert (output.profile, output.says.condition, output.total_ink) == ("proof", "QD-coldset-2024", 220)


def test_a_printers_file_on_the_command_line_wins_over_the_house(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "tianjin.yaml").write_text("total_ink: 260\nicc: tj.icc\ncondition: TJ\n", encoding="utf-8")
    (other / "tj.icc").write_bytes(b"tj")
    issues = tmp_path / "issues"
    asked = str(other / "tianjin.yaml")
    output = output_of(read(issues, "{profile: pdfx1a, total_ink: 200, condition: X, icc: n.icc}", asked=asked))
    assert (output.profile, output.total_ink, output.says.condition) == ("pdfx4", 260, "TJ")
    assert output.says.icc is not None
    assert output.says.icc.read_bytes() == b"tj"


def test_marks_bring_the_least_margin_along(tmp_path: Path) -> None:
    assert output_of(read(tmp_path, "{profile: printers/qingdao.yaml}", "marks: [slug]\n")).says.margin == mm(10)


@pytest.mark.parametrize(
    ("output", "printer", "codes"),
    [
        ("{profile: printers/qingdoa.yaml}", WHOLE, ["spec/missing-file"]),
        ("{profile: ../../etc/qingdao.yaml}", WHOLE, ["spec/path-leaves-issues"]),
        (
            "{profile: printers/qingdao.yaml}",
            "builds_on: pdfx5\nmark: [crop]\n",
            ["spec/unknown-word", "spec/unknown-key"],
        ),
        ("{profile: printers/qingdao.yaml}", "marks: [crop]\nboxes: {margin: 5mm}\n", ["spec/margin"]),
        ("{profile: printers/qingdao.yaml}", "boxes: {margin: 2字}\n", ["spec/unit-not-here"]),
        (
            "{profile: printers/qingdao.yaml}",
            "boxes: {trims: [[2mm, 3行]]}\n",
            ["spec/out-of-range", "spec/unit-not-here"],
        ),
        ("{profile: printers/qingdao.yaml}", "boxes: {bleed: -3mm}\n", ["spec/out-of-range"]),
        (
            "{profile: printers/qingdao.yaml}",
            "limits: {type: 300mm, rule: 1}\n",
            ["spec/out-of-range", "spec/not-a-length"],
        ),
        ("{profile: printers/qingdao.yaml}", "icc: ../../../secret.icc\n", ["spec/path-leaves-issues"]),
        ("{profile: printers/qingdao.yaml}", "total_ink: 9000\n", ["spec/out-of-range"]),
        ("{profile: printers/qingdao.yaml}", "spots: [专金, All, cyan]\n", ["spec/spot-name"] * 2),
        (
            "{profile: printers/qingdao.yaml}",
            "limits: {picture_ppi: {least: 300, wanted: 200, most: 100}}\n",
            ["spec/ppi-order"] * 2,
        ),
        ("{profile: printers/qingdao.yaml}", "limits: {picture_ppi: {least: 300, most: 100}}\n", ["spec/ppi-order"]),
        ("{profile: printers/qingdao.yaml}", "[1, 2]\n", ["spec/wrong-value"]),
        ("{profile: printers/qingdao.yaml}", "&a [*a]\n", ["spec/wrong-value", "yaml/alias", "yaml/anchor"]),
        ("{profile: printers/qingdao.yaml}", 'name: "版 {page}.pdf"\n', ["spec/file-name"]),
    ],
)
def test_every_fault_of_a_printers_file_is_told_at_its_place(
    output: str, printer: str, codes: list[str], tmp_path: Path
) -> None:
    outcome = read(tmp_path / "issues", output, printer)
    assert sorted(one.code for one in outcome.diagnostics) == sorted(codes)
    for one in outcome.diagnostics:
        assert one.span is not None
        assert one.span.file in ("../house/printers/qingdao.yaml", "../house/paper.yaml")
        assert one.message("zh")


def test_a_printers_file_on_the_command_line_reaches_only_its_own_folder(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (tmp_path / "secret.icc").write_bytes(b"secret")
    (other / "tianjin.yaml").write_text("icc: ../secret.icc\ncondition: TJ\n", encoding="utf-8")
    outcome = read(tmp_path / "issues", "{}", asked=str(other / "tianjin.yaml"))
    assert [one.code for one in outcome.diagnostics] == ["spec/path-leaves-folder"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_printers_file_makes_reading_raise(tmp_path: Path, data: st.DataObject) -> None:
    sound = WHOLE.encode()
    start = data.draw(st.integers(0, len(sound)))
    length = data.draw(st.integers(0, 40))
    new = data.draw(st.sampled_from((b"", b"\n", b"[", b"}", b": ", b"- ", b"*a", b"\xff", b"\0", b"-9e99", b"0mm")))
    printer = sound[:start] + new + sound[start + length :]
    files: dict[str, str | bytes] = {HOUSE: house("{profile: printers/qingdao.yaml}"), PRINTER: printer}
    outcome = read_with(tmp_path / "issues", files)
    assert all(one.span is not None and one.message("zh") for one in outcome.diagnostics)
    assert not any(one.code == "spec/not-understood" for one in outcome.diagnostics)


def test_a_printers_file_on_the_command_line_that_is_not_there_is_told(tmp_path: Path) -> None:
    outcome = read(tmp_path / "issues", "{}", asked=str(tmp_path / "gone.yaml"))
    assert [one.code for one in outcome.diagnostics] == ["spec/missing-file"]
