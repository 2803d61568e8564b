"""Text files as they come from newsrooms (读文本): where they are not UTF-8, the place is right."""

import pytest

from layout_engine.base.utf8 import BadByte, decode_text
from layout_engine.base.yaml_nodes import read_yaml

MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize("mark", [b"", MARK])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_bad_byte_is_told_at_its_place_with_or_without_a_mark(mark: bytes, end: bytes) -> None:
    bad = decode_text(mark + b"page: 1" + end + b"ab\xff")
    assert isinstance(bad, BadByte)
    assert (bad.line, bad.column, bad.byte) == (2, 3, "0xFF")


def test_a_yaml_file_with_a_mark_names_the_bad_byte_itself() -> None:
    (finding,) = read_yaml(MARK + b"page: 1\nab\xff", "f.yaml").diagnostics
    assert str(finding.span) == "f.yaml:2:3"
    assert dict(finding.values)["byte"] == "0xFF"


def test_line_ends_of_every_system_become_line_feeds() -> None:
    assert decode_text(MARK + "一\r\n二\r三\n".encode()) == "一\n二\n三\n"
