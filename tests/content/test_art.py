"""固定美术: outlines are read to the last point, and whatever would not print as it looks is refused by name."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Outcome, Span
from layout_engine.content.art import Outline, read_art

ASKED_AT = Span("pages/01.yaml", 3, 7)
SQUARE = "M0 0H10V10H0Z"


def read(folder: Path, content: str | bytes) -> Outcome[Outline]:
    path = folder / "mark.svg"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_art(path, "mark.svg", ASKED_AT)


def svg(inner: str, attributes: str = 'viewBox="0 0 10 10"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>'


def path(data: str) -> str:
    return svg(f'<path d="{data}"/>')


@pytest.mark.parametrize(
    ("data", "commands"),
    [
        ("M1 2L3 4Z", ["M 1 2", "L 3 4", "Z"]),
        ("M1,2 3,4 5,6Z", ["M 1 2", "L 3 4", "L 5 6", "Z"]),
        ("M1 2H5V7", ["M 1 2", "L 5 2", "L 5 7"]),
        ("M1 2L5 6ZH9", ["M 1 2", "L 5 6", "Z", "L 9 2"]),
        ("M.5-1.25Q1 2 3 4", ["M 0.5 -1.25", "Q 1 2 3 4"]),
        ("M0 0C1 2 3 4 5 6 7 8 9 10 11 12", ["M 0 0", "C 1 2 3 4 5 6", "C 7 8 9 10 11 12"]),
        ("m1 2 3 4l1-1z", ["M 1 2", "L 4 6", "L 5 5", "Z"]),
        ("m1 2zm1 1", ["M 1 2", "Z", "M 2 3"]),
        ("m1 2h4v3", ["M 1 2", "L 5 2", "L 5 5"]),
        ("M1 1c1 2 3 4 5 6s1 2 3 4", ["M 1 1", "C 2 3 4 5 6 7", "C 8 9 7 9 9 11"]),
        ("M1 1q1 2 3 4t2 2T9 9", ["M 1 1", "Q 2 3 4 5", "Q 6 7 6 7", "Q 6 7 9 9"]),
        ("M1 1S2 3 4 5", ["M 1 1", "C 1 1 2 3 4 5"]),
        ("M.5.25-1-.5", ["M 0.5 0.25", "L -1 -0.5"]),
    ],
)
def test_every_command_is_read_with_its_numbers(tmp_path: Path, data: str, commands: list[str]) -> None:
    outline = read(tmp_path, path(data)).value
    assert outline is not None
    assert [" ".join([one, *(f"{number / 1000:g}" for number in numbers)]) for one, numbers in outline.path] == commands


@pytest.mark.parametrize(
    ("shape", "commands"),
    [
        ('<rect x="1" y="2" width="3" height="4"/>', ["M 1 2", "L 4 2", "L 4 6", "L 1 6", "Z"]),
        ('<polygon points="1,2 3,4 5 6"/>', ["M 1 2", "L 3 4", "L 5 6", "Z"]),
        ('<g stroke="none"><polyline points="1,2 3,4"/></g>', ["M 1 2", "L 3 4", "Z"]),
    ],
)
def test_plain_shapes_are_outlines_too(tmp_path: Path, shape: str, commands: list[str]) -> None:
    outline = read(tmp_path, svg(shape)).value
    assert outline is not None
    assert [" ".join([one, *(f"{number / 1000:g}" for number in numbers)]) for one, numbers in outline.path] == commands


@pytest.mark.parametrize("shape", ['<circle cx="5" cy="5" r="4"/>', '<ellipse cx="5" cy="5" rx="4" ry="4"/>'])
def test_a_circle_is_four_curves_that_meet(tmp_path: Path, shape: str) -> None:
    outline = read(tmp_path, svg(shape)).value
    assert outline is not None
    assert [operator for operator, _ in outline.path] == ["M", "C", "C", "C", "C", "Z"]
    ends = [numbers[-2:] for _, numbers in outline.path if numbers]
    assert ends == [(9000, 5000), (5000, 9000), (1000, 5000), (5000, 1000), (9000, 5000)]


def test_one_colour_may_be_written_in_several_ways(tmp_path: Path) -> None:
    shapes = "".join(f'<path {fill} d="{SQUARE}"/>' for fill in ('fill="#000"', 'fill="BLACK"', 'fill="#000000"', ""))
    assert read(tmp_path, svg(shapes)).diagnostics == ()


def test_the_view_is_kept_in_thousandths(tmp_path: Path) -> None:
    outline = read(tmp_path, svg(f'<g><path d="{SQUARE}"/></g>', 'viewBox="-1.5, 0 20.25 10"')).value
    assert outline is not None
    assert outline.view == (-1500, 0, 20250, 10000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (svg("<text>新</text>"), "art/text"),
        (svg('<image href="a.png"/>'), "art/picture"),
        (svg('<linearGradient id="g"/>'), "art/effect"),
        (svg(f'<path fill="url(#g)" d="{SQUARE}"/>'), "art/effect"),
        (svg(f'<path stroke="#000" d="{SQUARE}"/>'), "art/stroke"),
        (svg(f'<path d="{SQUARE}"/><path fill="#fff" d="{SQUARE}"/>'), "art/colours"),
        (svg(f'<g fill="red"><path d="{SQUARE}"/></g><path d="{SQUARE}"/>'), "art/colours"),
        (svg('<rect width="9" height="9" rx="2"/>'), "art/refused"),
        (svg('<circle r="9px"/>'), "art/bad-path"),
        (svg('<polygon points="1 2 3"/>'), "art/bad-path"),
        (svg("<script>1</script>"), "art/refused"),
        (svg("<style>path{}</style>"), "art/refused"),
        (svg(f'<path transform="scale(2)" d="{SQUARE}"/>'), "art/transform"),
        (svg(f'<path style="fill:red" d="{SQUARE}"/>'), "art/refused"),
        (svg(f'<path opacity="0.5" d="{SQUARE}"/>'), "art/effect"),
        (svg(f'<path fill="none" d="{SQUARE}"/>'), "art/refused"),
        (svg(f'<path fill-rule="evenodd" d="{SQUARE}"/>'), "art/refused"),
        (svg(f'<svg viewBox="0 0 1 1"><path d="{SQUARE}"/></svg>'), "art/refused"),
        (f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{path(SQUARE)}', "art/refused"),
        (path("M0 0A5 5 0 0 1 9 9"), "art/bad-path"),
        (path("M0 0L1"), "art/bad-path"),
        (path("L1 1"), "art/bad-path"),
        (path("M0 0Z5"), "art/bad-path"),
        (path("M0 1e5"), "art/bad-path"),
        (path("M0 99999999999"), "art/bad-path"),
        (path("M0 ١"), "art/bad-path"),
        (svg(f'<path d="{SQUARE}"/>', ""), "art/no-view-box"),
        (svg(f'<path d="{SQUARE}"/>', 'viewBox="0 0 0 10"'), "art/no-view-box"),
        (svg(""), "art/empty"),
        (svg("<path"), "art/not-svg"),
        ("", "art/not-svg"),
        (b"\xff\xfe\x00", "art/not-svg"),
        (b" " * 2_000_001, "art/too-large"),
        (path("M0 0" + "L1 1" * 100_001), "art/bad-path"),
    ],
)
def test_what_cannot_be_printed_as_it_looks_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    outcome = read(tmp_path, content)
    assert outcome.value is None
    assert outcome.diagnostics[0].code == code


def test_every_refused_thing_is_told_at_its_place(tmp_path: Path) -> None:
    outcome = read(tmp_path, svg(f'\n<text/>\n  <path class="a" d="{SQUARE}"/>\n'))
    assert [str(one.span) for one in outcome.diagnostics] == ["mark.svg:2:1", "mark.svg:3:3"]


@pytest.mark.parametrize("encoding", ["rot13", "gbk", "utf-7", "idna", "no-such"])
def test_a_declared_encoding_is_no_way_to_break_the_reader(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, f'<?xml version="1.0" encoding="{encoding}"?>{path(SQUARE)}').value is not None


def test_a_file_full_of_faults_is_not_read_to_its_end(tmp_path: Path) -> None:
    assert len(read(tmp_path, svg("<text/>" * 50_000)).diagnostics) < 50


def test_a_file_that_is_not_there_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    (found,) = read_art(tmp_path / "none.svg", "none.svg", ASKED_AT).diagnostics
    assert (found.code, found.span) == ("art/unreadable", ASKED_AT)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text("MLHVQCSTZmlhvqcstz0123456789.,- eN\u0661", max_size=40).map(path)))
def test_nothing_that_a_file_holds_raises(tmp_path_factory: pytest.TempPathFactory, content: str | bytes) -> None:
    outcome = read(tmp_path_factory.getbasetemp(), content)
    assert (outcome.value is None) == bool(outcome.diagnostics)
