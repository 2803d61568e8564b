"""A foreign PDF, opened (打开文件): its pages with their boxes, its bytes at both ends, every dictionary in it.

qpdf mends what it can while it reads; that it had to is itself a finding (PR-02).
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from logging import Handler, LogRecord, NullHandler, getLogger
from pathlib import Path
from typing import Final, Literal

import msgspec
import pikepdf

from layout_engine.preflight import raw
from layout_engine.preflight.interpreter import FontShelf
from layout_engine.preflight.limits import MAX_NESTED, MAX_OBJECTS, MAX_PAGES, MAX_PARENTS
from layout_engine.preflight.plane import Box
from layout_engine.preflight.raw import Raw, entries, entry
from layout_engine.preflight.second_reader import SecondReader

_QPDF: Final = getLogger("pikepdf._core")
_QPDF.addHandler(NullHandler())  # what it thinks of a foreign file is a finding, and not for the user's terminal
_MOST_HEARD: Final = 1000
_HEAD: Final = 1024
_TAIL: Final = 2048
_SIZE_OF_NOTHING: Final[Box] = (0.0, 0.0, 612.0, 792.0)  # as readers take it where there is no MediaBox


class UnreadableError(Exception):
    """No PDF at all, or broken beyond repair; the message says why."""


class LockedError(Exception):
    """Encrypted with a password that we do not have."""


class _Heard(Handler):
    """Gathers what qpdf says aloud: faults of objects that know no file are not among the file's warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.words: Final[list[str]] = []

    def emit(self, record: LogRecord) -> None:
        words = record.getMessage().strip()
        if words and len(self.words) < _MOST_HEARD:
            self.words.append(words)


@contextmanager
def listening() -> Iterator[list[str]]:
    """What qpdf says aloud meanwhile, in a list that grows."""
    heard = _Heard()
    _QPDF.addHandler(heard)
    try:
        yield heard.words
    finally:
        _QPDF.removeHandler(heard)


class Ends(msgspec.Struct, frozen=True):
    """What is read in the bytes of the file and not in its objects."""

    size: int
    head: bytes
    tail: bytes
    revisions: int  # startxref
    has_object_streams: bool
    table: Literal["table", "stream", "both", "unknown"]  # the form of the newest cross-reference


class PageView(msgspec.Struct, frozen=True, eq=False):
    """A page: boxes as they are written, None where absent or no box."""

    number: int
    raw: Raw
    object: int | None
    media: Box | None
    crop: Box | None
    bleed: Box | None
    trim: Box | None
    art: Box | None
    resources: Raw
    rotation: int

    @property
    def paper(self) -> Box:
        """What is cut out: TrimBox, else ArtBox, else what a viewer shows."""
        return self.trim or self.art or self.crop or self.media or _SIZE_OF_NOTHING

    @property
    def inked(self) -> Box:
        """What may be printed on: BleedBox, else the paper."""
        return self.bleed or self.paper


class Met(msgspec.Struct, frozen=True, eq=False):
    """A dictionary of the file, or a stream's, with the object in which it stands; or an array."""

    object: int
    value: Raw
    keys: frozenset[str]  # without solidus; empty for an array
    parent: str  # the key under which it stands in the object; empty for the object itself


class Document:
    """An opened file. Raises UnreadableError or LockedError."""

    def __init__(self, source: Path | bytes, file_name: str | None = None) -> None:
        self.file_name: Final = file_name or (source.name if isinstance(source, Path) else "")
        self.ends: Final = _read_ends(source)
        self.pdf: Final = _open(source)
        self._source: Final = source
        self._second_reader: SecondReader | None = None
        self.fonts: Final = FontShelf()
        self.root: Final[Raw] = self.pdf.Root if "/Root" in self.pdf.trailer else None
        self.info: Final[Raw] = self.pdf.trailer.get("/Info")
        self.page_count: Final = _page_count(self.pdf)

    def __enter__(self) -> "Document":
        return self

    def __exit__(self, *_: object) -> None:
        if self._second_reader is not None:
            self._second_reader.close()
        self.pdf.close()

    def second_reader(self) -> SecondReader:
        """The same file, opened by another program."""
        if self._second_reader is None:
            self._second_reader = SecondReader(self._source)
        return self._second_reader

    def warnings(self) -> tuple[str, ...]:
        """What qpdf had to mend so far."""
        return tuple(str(one) for one in self.pdf.get_warnings())

    def pages(self) -> Iterator[PageView]:
        """The pages, so many at most as are looked at."""
        for at in range(min(self.page_count, MAX_PAGES)):
            page = self.pdf.pages[at].obj
            yield PageView(
                number=at + 1,
                raw=page,
                object=raw.object_number(page),
                media=raw.box(_inherited(page, "/MediaBox")),
                crop=raw.box(_inherited(page, "/CropBox")),
                bleed=raw.box(entry(page, "/BleedBox")),
                trim=raw.box(entry(page, "/TrimBox")),
                art=raw.box(entry(page, "/ArtBox")),
                resources=_inherited(page, "/Resources"),
                rotation=raw.whole(_inherited(page, "/Rotate")) or 0,
            )

    def objects(self) -> Iterator[Met]:
        """Every dictionary and array of the file, used or not, as far as MAX_OBJECTS go."""
        for count, one in enumerate(self.pdf.objects):
            if count >= MAX_OBJECTS:
                return
            number = raw.object_number(one)
            if number is not None:
                yield from _inside(number, one)

    @property
    def is_too_large(self) -> bool:
        """Whether it has more objects or pages than are looked at."""
        return len(self.pdf.objects) > MAX_OBJECTS or self.page_count > MAX_PAGES


def _inside(number: int, value: Raw) -> Iterator[Met]:
    """The dictionaries and arrays directly in an object; what is indirect comes by itself."""
    waiting: list[tuple[Raw, str, int]] = [(value, "", 0)]
    while waiting:
        one, parent, depth = waiting.pop()
        inner: list[tuple[str, Raw]]
        if raw.is_array(one):
            inner = [(parent, item) for item in raw.items(one, MAX_OBJECTS)]
            yield Met(number, one, frozenset(), parent)
        elif raw.dictionary(one) is not None:
            inner = list(entries(one))
            yield Met(number, one, frozenset(key for key, _ in inner), parent)
        else:
            continue
        if depth < MAX_NESTED:
            waiting.extend(
                (item, key, depth + 1)
                for key, item in inner
                if isinstance(item, pikepdf.Object) and raw.object_number(item) is None
            )


def _inherited(page: Raw, key: str) -> Raw:
    """An entry of a page or of those above it in the tree."""
    for _ in range(MAX_PARENTS):
        found = entry(page, key)
        if found is not None:
            return found
        page = entry(page, "/Parent")
        if page is None:
            return None
    return None


def _open(source: Path | bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(source) if isinstance(source, bytes) else source, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise LockedError from error
    except OSError as error:
        raise UnreadableError(error.strerror or "cannot be read") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        if "encrypt" in str(error).lower():
            raise LockedError from error
        raise UnreadableError(str(error).rpartition(": ")[2][:120]) from error


def _page_count(pdf: pikepdf.Pdf) -> int:
    try:
        return len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UnreadableError("the page tree is broken") from error


def _read_ends(source: Path | bytes) -> Ends:
    if isinstance(source, bytes):
        return _ends(source)
    try:
        with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _ends(data)
    except OSError as error:
        raise UnreadableError(error.strerror or "cannot be read") from error
    except ValueError as error:  # of an empty file
        raise UnreadableError("the file is empty") from error


def _ends(data: "bytes | mmap.mmap") -> Ends:
    newest = data.rfind(b"startxref")
    offset = data[newest + 9 : newest + 40].split()[:1] if newest >= 0 else []
    table: Literal["table", "stream", "both", "unknown"] = "unknown"
    if offset and offset[0].isdigit() and int(offset[0]) < len(data):
        start = data[int(offset[0]) : int(offset[0]) + 64].lstrip()
        table = "table" if start.startswith(b"xref") else "stream" if start[:1].isdigit() else "unknown"
    if table == "table" and data.find(b"/XRefStm") >= 0:
        table = "both"
    return Ends(
        size=len(data),
        head=data[:_HEAD],
        tail=data[-_TAIL:],
        revisions=_count(data, b"startxref"),
        has_object_streams=data.find(b"/ObjStm") >= 0,
        table=table,
    )


def _count(data: "bytes | mmap.mmap", word: bytes) -> int:
    count, at = 0, data.find(word)
    while at >= 0 and count < 1000:
        count += 1
        at = data.find(word, at + len(word))
    return count
