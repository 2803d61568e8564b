"""YAML with places: what is read, where it stands, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.base.codes import area
from layout_engine.base.diagnostics import Span
from layout_engine.base.yaml_nodes import MAX_BYTES, MAX_DEPTH, Path, YamlDocument, read_yaml


def _read(text: str, first_line: int = 1) -> YamlDocument:
    outcome = read_yaml(text.encode(), "f.yaml", first_line)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def _codes(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [one.code for one in read_yaml(data, "f.yaml").diagnostics]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-05-21", "2024-05-21"),
        ("0532-86567888", "0532-86567888"),
        ("012", "012"),
        ("+12", "+12"),
        ("1-3", "1-3"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("5", 5),
        ("-5", -5),
        ("5.0", 5),
        ("1.5", 1.5),
        ("true", True),
        ("~", None),
        ("'5'", "5"),
        ("12345678901234567890", "12345678901234567890"),
        ("0x1F", "0x1F"),
        ("1e5", "1e5"),
    ],
)
def test_only_json_scalars_are_more_than_text(written: str, value: Any) -> None:
    found = _read(f"a: {written}\n").value["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_value_and_key_has_its_place() -> None:
    document = _read("即墨: 1\nlist:\n  - a\n  - {b: 二, c: [x, y]}\n")
    assert document.span(("即墨",)) == Span("f.yaml", 1, 5)
    assert document.key_span(("即墨",)) == Span("f.yaml", 1, 1)
    assert document.span(("list", 1, "b")) == Span("f.yaml", 4, 9)
    assert document.span(("list", 1, "c", 1)) == Span("f.yaml", 4, 19)
    assert document.key_span(("list", 1, "c")) == Span("f.yaml", 4, 12)


def test_a_place_that_is_not_there_answers_with_its_nearest_parent() -> None:
    document = _read("list:\n  - a\n")
    assert document.span(("list", 7, "x")) == document.span(("list",))


def test_front_matter_counts_lines_in_the_whole_article() -> None:
    document = _read("headline: 主题\ndeck: |\n  副题\n", first_line=2)
    assert document.span(("headline",)) == Span("f.yaml", 2, 11)
    assert document.text(("deck",)).span(0) == Span("f.yaml", 4, 3)


def test_a_byte_order_mark_and_windows_line_ends_move_nothing() -> None:
    outcome = read_yaml("\ufeffa: 1\r\nb: 二\r\n".encode(), "f.yaml")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.span(("b",)) == Span("f.yaml", 2, 4)


@pytest.mark.parametrize(
    ("source", "text", "places"),
    [
        ("a: 走在前\n", "走在前", [(1, 4), (1, 5), (1, 6)]),
        ("a: '走在'\n", "走在", [(1, 5), (1, 6)]),
        ('a: " 走"\n', " 走", [(1, 6), (1, 6)]),
        ("a: |\n  走在\n\n  前\n", "走在\n\n前\n", [(2, 3), (2, 4), (2, 5), (3, 1), (4, 3), (4, 4)]),
        ("a: >\n  走在\n  前\n", "走在 前\n", [(2, 3), (2, 4), (2, 5), (3, 3), (3, 4)]),
        ("a: 走在\n  前\n", "走在 前", [(1, 4), (1, 5), (1, 6), (2, 3)]),
        ('a: "走\\n在"\n', "走\n在", [(1, 4), (1, 4), (1, 4)]),
        ("a: 'it''s'\n", "it's", [(1, 4)] * 4),
    ],
)
def test_each_character_of_a_text_knows_where_it_was_typed(
    source: str, text: str, places: list[tuple[int, int]]
) -> None:
    sourced = _read(source).text(("a",))
    assert sourced.text == text
    assert [(sourced.span(at).line, sourced.span(at).column) for at in range(len(text))] == places


@given(st.lists(st.text("走在前 a:'\"\\|>-#\n", max_size=12), min_size=1, max_size=4), st.sampled_from("|>'\"p"))
def test_a_character_that_is_placed_exactly_stands_there_in_the_file(lines: list[str], style: str) -> None:
    body = "\n".join(f"  {line}" for line in lines)
    source = {
        "|": f"a: |\n{body}\n",
        ">": f"a: >\n{body}\n",
        "'": f"a: '{body}'\n",
        '"': f'a: "{body}"\n',
        "p": f"a: {body}\n",
    }[style]
    document = read_yaml(source.encode(), "f.yaml").value
    if document is None or not isinstance(document.value, dict) or not isinstance(document.value.get("a"), str):
        return
    text = document.text(("a",))
    assert text.text == document.value["a"]
    typed = [f"{line}\n" for line in source.split("\n")]
    assert sum(segment.length for segment in text.segments) == len(text.text)
    for segment in text.segments:
        for at in () if segment.pinned else range(segment.start, segment.start + segment.length):
            span = text.span(at)
            assert typed[span.line - 1][span.column - 1] == text.text[at]


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    outcome = read_yaml(text.encode("utf-8", "surrogatepass"), "f.yaml")
    for one in outcome.diagnostics:
        assert one.message("zh")
        assert one.message("en")
    assert outcome.value is not None or outcome.diagnostics


@given(st.binary(max_size=100))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    outcome = read_yaml(data, "f.yaml")
    assert outcome.value is not None or outcome.diagnostics


@pytest.mark.parametrize(
    ("code", "example", "provoked"),
    [
        (code, example, provoked)
        for code, entry in area("yaml").items()
        for example, provoked in ((entry.fails, True), (entry.passes, False))
        if example and not entry.described
    ],
)
def test_the_examples_of_a_code_do_what_they_say(code: str, example: str, provoked: bool) -> None:
    assert (code in _codes(example)) is provoked


def test_an_alias_bomb_is_never_expanded() -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 20)}]" for n in range(1, 20)]
    outcome = read_yaml("\n".join(rows).encode(), "f.yaml")
    assert outcome.value is not None
    assert outcome.value.value["a19"] == [None] * 20
    assert {one.code for one in outcome.diagnostics} == {"yaml/anchor", "yaml/alias"}


def test_what_was_refused_is_remembered_so_that_nobody_complains_twice() -> None:
    document = read_yaml(b"a: *b\nc: !!int 5\nd: .inf\n", "f.yaml").value
    assert document is not None
    assert document.refused == {("a",), ("c",), ("d",)}


def test_both_places_of_a_duplicate_key_are_named_and_the_first_holds() -> None:
    outcome = read_yaml(b"rows: 1\ncolumns: 2\nrows: 3\n", "f.yaml")
    (finding,) = outcome.diagnostics
    assert finding.span == Span("f.yaml", 3, 1)
    assert finding.related == (Span("f.yaml", 1, 1),)
    assert outcome.value is not None
    assert outcome.value.value["rows"] == 1


def test_several_faults_are_told_in_one_run() -> None:
    assert _codes("a: &x 1\nb: *x\na: 2\n1: d\n<<: {}\nc: !!set x\n") == [
        "yaml/anchor",
        "yaml/alias",
        "yaml/duplicate-key",
        "yaml/key-not-text",
        "yaml/merge-key",
        "yaml/tag",
    ]


def test_a_file_of_another_encoding_is_told_with_the_place_and_a_guess() -> None:
    (finding,) = read_yaml("page: 1\nname: 版面\n".encode("gb18030"), "f.yaml").diagnostics
    assert finding.span == Span("f.yaml", 2, 7)
    assert dict(finding.values)["guess"] == "GBK"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[" * (MAX_DEPTH + 1), ["yaml/too-deep"]),
        ("- " * 100_000, ["yaml/too-deep"]),
        ("a: " + "x" * MAX_BYTES, ["yaml/too-large"]),
        ("[" + "1," * 60_000 + "]", ["yaml/too-many-values"]),
        ("a: x\0y\u2028z\n", ["yaml/control-character", "yaml/control-character"]),
        ("*a", ["yaml/alias"]),
        ("{a: 1, a: 2", ["yaml/duplicate-key", "yaml/unclosed-bracket"]),
        ("? [x]\n: 1\n", ["yaml/key-not-text"]),
    ],
)
def test_bounds_and_odd_files_are_told(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_a_colon_forgotten_is_told_at_the_line_that_lacks_it() -> None:
    (finding,) = read_yaml("page：1\nname: 要闻\n".encode(), "f.yaml").diagnostics
    assert (finding.code, finding.span) == ("yaml/missing-colon", Span("f.yaml", 1, 1))


def _all_paths(value: Any, path: Path = ()) -> list[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(one for key, part in inner for one in _all_paths(part, (*path, key)))]


@given(
    st.recursive(
        st.integers(-9, 9) | st.text("甲乙ab", min_size=1, max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("键k", min_size=1, max_size=3), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_every_path_of_a_value_has_a_place_of_its_own(value: Any) -> None:
    document = read_yaml(f"v: {_flow(value)}\n".encode(), "f.yaml").value
    assert document is not None
    assert document.value == {"v": value}
    paths = _all_paths(value, ("v",))
    assert all(document.has(path) for path in paths)
    assert len({document.span(path) for path in paths}) == len(paths)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return str(value)
