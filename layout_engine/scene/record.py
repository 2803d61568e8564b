"""A page as it is kept (存档): its scene with all that a later reader needs to compare, sign and mark it.

A record travels inside a proof, lies in the store of revisions, and comes back by mail: what is read is hostile until
`decode_record` has looked at it. Positions in source files are kept for people; `content_hash` leaves them out.
"""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Final

import msgspec

from layout_engine.base.control_characters import UNSEEN
from layout_engine.base.diagnostics import Diagnostic, Outcome, Span, diagnose
from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.base.source import SourcedText
from layout_engine.scene.items import GlyphRun, Imprint, ScenePage, SceneRegion
from layout_engine.scene.ledger import LedgerEntry
from layout_engine.spec.resolved import Ink

FORMAT: Final = 1
MEDIA_TYPE: Final = "application/vnd.layout-engine.page+json"
FILE_NAME: Final = "page.layout-engine.json"  # the record inside a proof
MAX_BYTES: Final = 64 << 20  # of a record unpacked; a dense broadsheet takes 2 MB
_NOWHERE: Final = Span("")


class PictureRecord(msgspec.Struct, frozen=True):
    """What is known of a file that is printed as it is: its content's hash, and how it looks.

    `look` is a small picture of the whole file, `look_size` columns and rows of RGB from the top left; empty where
    nobody could look at it.
    """

    sha256: str
    width_px: int = 0
    height_px: int = 0
    look: bytes = b""
    look_size: tuple[int, int] = (0, 0)


class PageRecord(msgspec.Struct, frozen=True):
    """One page. `sources`: the whole text of each part that the page has some of, by the key that its runs carry.

    `entries` are the page's part of the ledger, `pictures` the files placed on it as seen from the issue's folder,
    `faces` the SHA-256 of each face's file by its key, `regions` where the spec asks for each region, `findings` what
    was found on the page, and `engine` the version that set it. `flowing` are regions that stand where others end, or
    end where their own text does.
    """

    format: int
    engine: str
    imprint: Imprint
    page: ScenePage
    sources: dict[str, SourcedText]
    entries: tuple[LedgerEntry, ...]
    pictures: dict[str, PictureRecord]
    faces: dict[str, str]
    regions: dict[str, Span]
    findings: tuple[Diagnostic, ...] = ()
    flowing: tuple[str, ...] = ()


_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_DECODER: Final = msgspec.json.Decoder(PageRecord)


def encode_record(record: PageRecord) -> bytes:
    """The record as JSON, the same bytes for the same record."""
    return _ENCODER.encode(record)


def unpack_record(data: bytes) -> Outcome[PageRecord]:
    """The record in `data` as a proof carries it (zlib), read by `decode_record`."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(data, MAX_BYTES + 1)
    except zlib.error:
        return _refused("not packed as a record is")
    return decode_record(plain)


def decode_record(data: bytes) -> Outcome[PageRecord]:
    """The record in `data`; None with `record/unreadable` where it is none of ours or does not hold together."""
    if len(data) > MAX_BYTES:
        return _refused(f"larger than {MAX_BYTES >> 20} MB")
    try:
        record = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        return _refused(str(fault)[:200])
    if record.format != FORMAT:
        return Outcome(None, (diagnose("record/other-format", None, format=record.format, known=FORMAT),))
    fault_found = next(_faults(record), None)
    return Outcome(record) if fault_found is None else _refused(fault_found)


def _refused(reason: str) -> Outcome[PageRecord]:
    return Outcome(None, (diagnose("record/unreadable", None, reason=reason),))


def _faults(record: PageRecord) -> Iterator[str]:
    """What does not hold together: readers rely on lengths and on texts that are there."""
    if not UNSEEN.isdisjoint("".join(_texts(record))):
        yield "it holds control characters"
    for source in record.sources.values():
        at = 0
        for segment in source.segments:
            if segment.start != at or segment.length < 1:
                yield "the places of a text do not tile it"
            at += segment.length
        if at != len(source.text):
            yield "the places of a text do not tile it"
    for region in record.page.regions:
        for item in region.items:
            if isinstance(item, GlyphRun):
                yield from _faults_of_run(item, record)
            if isinstance(item, Picture | PlacedPage):
                if item.file not in record.pictures:
                    yield "a picture is on the page and not in the list of files"
            elif item.ink not in record.page.inks:
                yield "something is in an ink that the page does not name"
    for picture in record.pictures.values():
        columns, rows = picture.look_size
        if columns < 0 or rows < 0 or len(picture.look) != 3 * columns * rows:
            yield "a picture's look has another size than it says"


def _texts(record: PageRecord) -> Iterator[str]:
    """Every text that readers may show to people: on a terminal a control character is a command."""
    imprint, page = record.imprint, record.page
    yield from (imprint.paper, imprint.date, page.name, page.file_name, record.engine)
    yield from (*page.inks, *record.pictures, *record.faces)
    for region in page.regions:
        yield from (region.id, region.kind)
    for key, source in record.sources.items():
        yield from (key, source.text, source.file)
    for entry in record.entries:
        yield from (entry.key, entry.story, entry.source)
    for name, span in record.regions.items():
        yield from (name, span.file)


def _faults_of_run(run: GlyphRun, record: PageRecord) -> Iterator[str]:
    sources = record.sources
    count = len(run.gids)
    if len(run.starts) != count + 1 or len(run.pens) != count or len(run.shifts) not in (0, count) or not count:
        yield "a run's glyphs, places and characters differ in number"
    elif any(first > after for first, after in pairwise(run.starts)) or run.starts[0] < 0:
        yield "a run's characters are out of order"
    elif run.key not in sources or not _says(run, sources[run.key].text):
        yield "a run says what its text does not"
    elif run.face not in record.faces:
        yield "a run is set in a face that is not in the list of faces"
    elif run.size < 1 or any(not 0 <= mark[0] < count for mark in run.marks):
        yield "a run's marks belong to no glyph of it"


def _says(run: GlyphRun, text: str) -> bool:
    """Whether the run's characters are those of its text; a slice would be content with an end far behind it."""
    return run.starts[-1] <= len(text) and text[run.starts[0] : run.starts[-1]] == run.text


def content_hash(record: PageRecord) -> str:
    """SHA-256 of what can be seen on the page, in hexadecimal: glyphs, inks, places, the content of faces and pictures.

    What nobody sees is left out: where in a file a text or a picture was asked for, what stands on other pages,
    findings, the file's name, the engine's version. A comment in a spec or an article does not change it, a comma does.
    """
    page = msgspec.structs.replace(
        record.page, file_name="", regions=tuple(map(_unplaced, record.page.regions)), inks=_inks_in_use(record.page)
    )
    files = {file: picture.sha256 for file, picture in record.pictures.items()}
    imprint = msgspec.structs.replace(record.imprint, version=1)  # told in metadata and outside the trim
    return sha256(_ENCODER.encode((FORMAT, imprint, page, files, record.faces))).hexdigest()


def _inks_in_use(page: ScenePage) -> dict[str, Ink]:
    items = (item for region in page.regions for item in region.items if not isinstance(item, Picture | PlacedPage))
    used = {item.ink for item in items}
    return {key: ink for key, ink in page.inks.items() if key in used}


def _unplaced(region: SceneRegion) -> SceneRegion:
    """The region without the places in the spec that its pictures carry."""
    items = tuple(
        msgspec.structs.replace(item, span=_NOWHERE) if isinstance(item, Picture | PlacedPage) else item
        for item in region.items
    )
    return msgspec.structs.replace(region, items=items)
