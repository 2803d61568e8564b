"""存档: a record comes back as it was, one that does not hold together is refused, and only what is seen counts."""

import zlib
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Outcome
from layout_engine.recording import record_page
from layout_engine.scene.items import GlyphRun
from layout_engine.scene.record import (
    PageRecord,
    content_hash,
    decode_record,
    encode_record,
    unpack_record,
)
from tests.kit.reference import ISSUES, NAMES, REFERENCE, composed

replace = msgspec.structs.replace


def records(name: str = REFERENCE) -> list[PageRecord]:
    issue = composed(name)
    return [record_page(page, issue.inputs, ISSUES / name) for page in issue.pages]


PAGE = records()[0]


def pack_record(record: PageRecord) -> bytes:
    """As a proof carries it."""
    return zlib.compress(encode_record(record))


def codes(outcome: Outcome[PageRecord]) -> list[str]:
    return [one.code for one in outcome.diagnostics]


@pytest.mark.parametrize("name", NAMES)
def test_a_record_comes_back_as_it_was(name: str) -> None:
    for record in records(name):
        assert decode_record(encode_record(record)) == Outcome(record)
        assert unpack_record(pack_record(record)) == Outcome(record)


def test_the_same_page_gives_the_same_bytes() -> None:
    assert encode_record(records()[0]) == encode_record(PAGE)


def test_a_picture_is_recorded_with_its_content_and_its_look() -> None:
    (picture,) = PAGE.pictures.values()
    assert len(picture.sha256) == 64
    assert len(picture.look) == 3 * picture.look_size[0] * picture.look_size[1] > 0


def first_run(record: PageRecord) -> tuple[int, int, GlyphRun]:
    for at, region in enumerate(record.page.regions):
        for number, item in enumerate(region.items):
            if isinstance(item, GlyphRun):
                return at, number, item
    raise AssertionError("a page has type on it")


def with_run(record: PageRecord, change: Callable[[GlyphRun], GlyphRun]) -> PageRecord:
    at, number, run = first_run(record)
    regions = list(record.page.regions)
    items = list(regions[at].items)
    items[number] = change(run)
    regions[at] = replace(regions[at], items=tuple(items))
    return replace(record, page=replace(record.page, regions=tuple(regions)))


def last_part(record: PageRecord) -> PageRecord:
    """The record with the text of its first run cut off where the run ends."""
    _, _, run = first_run(record)
    whole = record.sources[run.key]
    return replace(record, sources={**record.sources, run.key: whole.slice(0, run.starts[-1])})


BROKEN: dict[str, Callable[[PageRecord], PageRecord]] = {
    "a glyph too few": lambda one: with_run(one, lambda run: replace(run, gids=run.gids[1:])),
    "other words than its text": lambda one: with_run(one, lambda run: replace(run, text="伪" + run.text[1:])),
    "a text that is not there": lambda one: with_run(one, lambda run: replace(run, key="lead/none")),
    "a face that is not there": lambda one: with_run(one, lambda run: replace(run, face="none")),
    "an ink that is not there": lambda one: with_run(one, lambda run: replace(run, ink="none")),
    "a mark on no glyph": lambda one: with_run(one, lambda run: replace(run, marks=((99, 1, 0, 0),))),
    "characters out of order": lambda one: with_run(one, lambda run: replace(run, starts=run.starts[::-1])),
    "an end behind its text's end": lambda one: with_run(
        last_part(one), lambda run: replace(run, starts=(*run.starts[:-1], run.starts[-1] + 1))
    ),
    "a command to the terminal": lambda one: replace(one, imprint=replace(one.imprint, paper="\x1b[2J")),
    "a text that runs backwards": lambda one: replace(one, page=replace(one.page, name="要\u202e闻")),
    "a picture that is not there": lambda one: replace(one, pictures={}),
    "a look of another size": lambda one: replace(
        one, pictures={file: replace(each, look=b"") for file, each in one.pictures.items()}
    ),
    "texts without places": lambda one: replace(
        one, sources={key: replace(each, segments=()) for key, each in one.sources.items()}
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_record_that_does_not_hold_together_is_refused(fault: str) -> None:
    assert codes(decode_record(encode_record(BROKEN[fault](PAGE)))) == ["record/unreadable"]


def test_another_format_is_named() -> None:
    assert codes(decode_record(encode_record(replace(PAGE, format=2)))) == ["record/other-format"]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 100_000, b"null", b"\xff\xfe", zlib.compress(b"0" * 10), zlib.compress(bytes(65 << 20))]
)
def test_what_is_no_record_is_refused_in_one_finding(data: bytes) -> None:
    assert codes(unpack_record(data)) == ["record/unreadable"]
    assert codes(decode_record(data)) == ["record/unreadable"]


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_record_is_refused_or_read_and_never_raises(data: st.DataObject) -> None:
    packed = bytearray(pack_record(PAGE))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    assert codes(unpack_record(bytes(packed))) in ([], ["record/unreadable"])


def test_what_is_seen_changes_the_content_hash() -> None:
    seen = content_hash(PAGE)
    others = [
        with_run(PAGE, lambda run: replace(run, x=run.x + 1)),
        with_run(PAGE, lambda run: replace(run, gids=(run.gids[0] + 1, *run.gids[1:]))),
        with_run(PAGE, lambda run: replace(run, ink="red")),
        replace(PAGE, pictures={file: replace(one, sha256="0" * 64) for file, one in PAGE.pictures.items()}),
        replace(PAGE, faces=dict.fromkeys(PAGE.faces, "0" * 64)),
        replace(PAGE, imprint=replace(PAGE.imprint, issue_number=1)),
    ]
    assert len({seen, *map(content_hash, others)}) == 1 + len(others)


def test_what_nobody_sees_does_not_change_the_content_hash() -> None:
    moved = {
        key: replace(each, segments=tuple(replace(one, line=one.line + 1) for one in each.segments))
        for key, each in PAGE.sources.items()
    }
    others = [
        replace(PAGE, sources=moved),
        replace(PAGE, findings=()),
        replace(PAGE, engine="9.9"),
        replace(PAGE, page=replace(PAGE.page, file_name="other.pdf")),
    ]
    assert {content_hash(one) for one in others} == {content_hash(PAGE)}
