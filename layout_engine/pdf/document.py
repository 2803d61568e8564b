"""The file around the page (文件结构): objects, cross-references, boxes, output intent. All that touches ReportLab.

ReportLab numbers the objects, writes dictionaries, the cross-reference table and the trailer. Its canvas is not
used: it would bring a base-14 face, a clock and settings from the environment. What is relied upon beyond its
documented interface stands in `_File` and `_Stream`, with a test for each (tests/pdf/test_reportlab.py).
"""

import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NewType, TypeAlias

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from layout_engine.adverts.model import CopiedObject

# What other modules hold without knowing what it is: an object of the file by its number, a text string.
Reference = NewType("Reference", object)
Text = NewType("Text", object)

# What they hand in: a dictionary, an array, a number, one of the above, or PDF syntax.
Value: TypeAlias = "Mapping[str, Value] | tuple[Value, ...] | int | Reference | Text | str"

LANGUAGE: Final = "zh-CN"

# PR-14: fixed. Outlines hardly shrink further: level 6 takes three times as long and saves 6 %.
_TEXT_LEVEL: Final = 6
_OUTLINE_LEVEL: Final = 1

_PLAIN_IN_NAMES: Final = frozenset(range(0x21, 0x7F)) - frozenset(b"#%()<>[]{}/")


def pack(data: bytes) -> bytes:
    """`data` in Flate, the only compression of our own streams (PR-05); always the same bytes for the same data."""
    return zlib.compress(data, _TEXT_LEVEL)


def pack_outlines(data: bytes) -> bytes:
    """A font program in Flate, quickly."""
    return zlib.compress(data, _OUTLINE_LEVEL)


def name(text: str) -> str:
    """A PDF name; what is not plain ASCII as its UTF-8 bytes (ISO 32000-1, 7.3.5)."""
    return "/" + "".join(chr(byte) if byte in _PLAIN_IN_NAMES else f"#{byte:02x}" for byte in text.encode())


def string(text: str) -> Text:
    """A PDF text string: Latin as it stands, anything else UTF-16BE with its mark (PR-11)."""
    return Text(pdfdoc.PDFString(text))


class Document:
    """A PDF of one page that is being put together. Objects are written in the order in which they are added."""

    def __init__(self, version: tuple[int, int]) -> None:
        _settle()
        self._file = _File(version)
        self._pages = Reference(None)

    def add(self, value: Value) -> Reference:
        """A dictionary or array as an object of its own."""
        return self._register(_converted(value))

    def add_stream(self, data: bytes, entries: Mapping[str, Value], *, filter_name: str | None) -> Reference:
        """A stream of `data`, which `filter_name` says how to unpack; None for plain data."""
        named = dict(entries) if filter_name is None else {**entries, "Filter": name(filter_name)}
        return self._register(_Stream(data, _converted({**named, "Length": len(data)})))

    def add_copied(self, objects: Sequence[CopiedObject], shared: dict[bytes, Reference]) -> Reference:
        """Objects of another file, which refer to one another by their places; the reference to the first.

        One that refers to none is put in once for all that are `shared`.
        """
        references: list[Reference] = []
        for one in objects:
            copied = _Copied(one, references)
            digest = None if copied.refers else copied.digest()
            if digest in shared:
                references.append(shared[digest])
                continue
            self._file.seal(copied.digest())
            references.append(Reference(self._file.Reference(copied)))
            if digest is not None:
                shared[digest] = references[-1]
        return references[0]

    def add_font(self, resource: str, font: Reference) -> None:
        """Make `font` known to the page as `resource`."""
        self._file.idToObject[pdfdoc.BasicFonts][resource] = font

    def add_page(self, content: Reference, boxes: Mapping[str, Value], resources: Mapping[str, Value]) -> None:
        """The page: its content, boxes and resources; the faces are those of `add_font`."""
        pages = _converted({"Type": name("Pages"), "Count": 1})
        self._pages = Reference(self._file.Reference(pages))
        fonts = Reference(self._file.Reference(self._file.idToObject[pdfdoc.BasicFonts]))
        page: dict[str, Value] = {
            "Type": name("Page"),
            "Parent": self._pages,
            "Contents": content,
            "Resources": {**resources, "Font": fonts},
            **boxes,
        }
        pages["Kids"] = _converted((self.add(page),))

    def save(self, catalog: Mapping[str, Value], info: Mapping[str, Value]) -> bytes:
        """The whole file, with the catalogue's entries besides its pages, and the document information."""
        root: dict[str, Value] = {
            "Type": name("Catalog"),
            "Pages": self._pages,
            "Lang": string(LANGUAGE),
            **catalog,
        }
        self._file.Catalog, self._file.info = _converted(root), _converted(info)
        self._register(self._file.Catalog)
        self._register(self._file.info)
        written: bytes = self._file.format()
        return written

    def _register(self, value: pdfdoc.PDFObject) -> Reference:
        self._file.seal(value.format(self._file))
        return Reference(self._file.Reference(value))


class _File(pdfdoc.PDFDocument):  # type: ignore[misc]
    """ReportLab's document with an identifier from the content instead of title and clock (PR-03)."""

    def __init__(self, version: tuple[int, int]) -> None:
        super().__init__(dummyoutline=1, compression=1, invariant=1, pdfVersion=version, lang=LANGUAGE)
        self._content = sha256()

    def seal(self, data: bytes) -> None:
        """Let the identifier depend on `data`."""
        self._content.update(data)

    def ID(self) -> bytes:  # noqa: N802 - ReportLab asks for it by this name
        half = b"<" + self._content.hexdigest()[:32].encode() + b">"
        return b"[" + half + half + b"]"


class _Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream whose data is packed already; the data ends with a line break that is not part of it."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: pdfdoc.PDFDictionary) -> None:
        self._data = data
        self._entries = entries

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        head: bytes = self._entries.format(document)
        return head + b"\nstream\n" + self._data + b"\nendstream\n"


class _Copied(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object of another file, in its own words but for the numbers of those that it refers to."""

    __RefOnly__ = 1

    def __init__(self, copied: CopiedObject, references: Sequence[Reference]) -> None:
        self._copied = copied
        self._references = references
        self.refers = any(isinstance(part, int) for part in copied.parts)

    def digest(self) -> bytes:
        """What tells it from others, by the places of what it refers to."""
        told = sha256(b"".join(part if isinstance(part, bytes) else b"%d R" % part for part in self._copied.parts))
        told.update(self._copied.stream or b"")
        return told.digest()

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        references: Any = self._references
        head = b"".join(
            part if isinstance(part, bytes) else references[part].format(document) for part in self._copied.parts
        )
        stream = self._copied.stream
        return head if stream is None else head + b"\nstream\n" + stream + b"\nendstream\n"


def _settle() -> None:
    """Take ReportLab's settings from here: it reads them from the environment and the home directory too."""
    rl_config.pdfMultiLine = 0
    rl_config.pdfComments = 0


def _converted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return pdfdoc.PDFDictionary({key: _converted(one) for key, one in value.items()})
    if isinstance(value, tuple):
        return pdfdoc.PDFArrayCompact([_converted(one) for one in value])
    return value
