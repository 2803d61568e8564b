"""Who the file is (元数据): PR-10 to PR-15. Conformance key, Info, XMP, and that the two agree."""

import re
from datetime import datetime, timedelta, timezone
from pathlib import PurePath
from typing import Final
from xml.parsers import expat

from layout_engine.preflight import raw
from layout_engine.preflight.document import Document
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.findings import Found
from layout_engine.preflight.raw import entry, filters, name, text

_MAX_XMP: Final = 4 << 20
_MAX_PACKET_DEPTH: Final = 64
_SHOWN: Final = 60

_SPACES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}
_VERSION: Final = "pdfxid:GTS_PDFXVersion"
_NEEDED: Final = (  # PR-12
    "dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmp:CreatorTool", "pdf:Producer",
    "pdf:Trapped", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass",
)  # fmt: skip
_SAME: Final = {  # PR-13
    "Title": "dc:title", "Creator": "xmp:CreatorTool", "Producer": "pdf:Producer", "Keywords": "pdf:Keywords",
    "Trapped": "pdf:Trapped", "GTS_PDFXVersion": _VERSION, "CreationDate": "xmp:CreateDate",
    "ModDate": "xmp:ModifyDate",
}  # fmt: skip
_INFO: Final = ("Title", "CreationDate", "ModDate", "Trapped", "Creator", "Producer")  # PR-11
_DATES: Final = ("CreationDate", "ModDate")
_DAY: Final = timedelta(hours=24)  # no zone is so far off
_PDF_DATE: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'00'?)?|([+-])(\d\d)'(\d\d)'?)")
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,56}\.pdf")  # PR-15


def check_version_key(document: Document, found: Found) -> None:
    """PR-10: the key of the standard, where the standard has it."""
    wanted = found.profile.conformance
    info = _info(document, "GTS_PDFXVersion")
    value = _packet(document).get(_VERSION) if found.standard == "X4" else info
    if value != wanted:
        found.add_file("preflight/version-key", value=(value or "")[:_SHOWN] or "—", wanted=wanted)
    if entry(document.info, "/GTS_PDFXConformance") is not None:
        found.add_file("preflight/conformance-key")


def version_key(document: Document) -> str:
    """The standard that the file names, in XMP or Info; empty where it names none."""
    return _packet(document).get(_VERSION) or _info(document, "GTS_PDFXVersion") or ""


def check_info(document: Document, found: Found) -> None:
    """PR-11: title, dates and the rest; asked for by X-1a, and good to have in X-4."""
    missing = [key for key in _INFO if not _info(document, key)]
    if missing:
        code = "preflight/info-missing" if found.standard == "X1a" else "preflight/info-absent"
        found.add_file(code, keys=", ".join(missing))
    for key in _DATES:
        written = _info(document, key)
        if written and _instant(written) is None:
            found.add_file("preflight/date", key=key, value=written[:_SHOWN])


def check_trapped(document: Document, found: Found) -> None:
    """PR-11: whether it is trapped is known."""
    info, packet = entry(document.info, "/Trapped"), _packet(document).get("pdf:Trapped")
    known = name(info) if info is not None else packet if found.standard == "X4" else None
    if known not in ("True", "False"):
        written = (name(info) or text(info) or "?") if info is not None else packet or "—"
        found.add_file("preflight/trapped", value=written[:_SHOWN])


def check_packet(document: Document, found: Found) -> None:
    """PR-12: an XMP packet that any tool reads."""
    stream = entry(document.root, "/Metadata")
    if not raw.is_stream(stream):
        if found.standard == "X4":
            found.add_file("preflight/xmp-missing")
        return
    if filters(stream):
        found.add_file("preflight/xmp-packed")
    try:
        data = raw.unpacked(stream, _MAX_XMP)
        values = _read_packet(data)
    except (TooLargeError, DamagedError, expat.ExpatError, ValueError) as error:
        found.add_file("preflight/xmp-broken", reason=str(error)[:_SHOWN] or type(error).__name__)
        return
    if b"W5M0MpCehiHzreSzNTczkc9d" not in data[:200] or b"<?xpacket end=" not in data[-200:]:
        found.add_file("preflight/xmp-broken", reason="no xpacket")
    missing = [key for key in _NEEDED if not values.get(key)]
    if missing and found.standard == "X4":
        found.add_file("preflight/xmp-key", keys=", ".join(missing))


def check_agreement(document: Document, found: Found) -> None:
    """PR-13: Info and XMP say the same, dates as instants."""
    packet = _packet(document)
    for key, other in _SAME.items():
        info, value = _info(document, key), packet.get(other)
        if info is None or value is None:
            continue
        one, two = (_instant(info), _xmp_instant(value)) if key in _DATES else (info, value)
        if one != two:
            found.add_file("preflight/info-differs", key=key, info=info[:_SHOWN], xmp=value[:_SHOWN])


def check_file_name(document: Document, found: Found) -> None:
    """PR-15: a name that every system of a printer takes, one page a file."""
    if document.file_name and not _FILE_NAME.fullmatch(PurePath(document.file_name).name):
        found.add_file("preflight/file-name", name=document.file_name[:_SHOWN])
    if document.page_count > 1:
        found.add_file("preflight/pages", count=document.page_count)


def _info(document: Document, key: str) -> str | None:
    value = entry(document.info, f"/{key}")
    return name(value) or text(value)


def _packet(document: Document) -> dict[str, str]:
    stream = entry(document.root, "/Metadata")
    if not raw.is_stream(stream):
        return {}
    try:
        return _read_packet(raw.unpacked(stream, _MAX_XMP))
    except (TooLargeError, DamagedError, expat.ExpatError, ValueError):
        return {}


def _read_packet(data: bytes) -> dict[str, str]:
    """The simple properties of an XMP packet, by prefix and name; of lists, the first item.

    No entities are taken, so that nothing can grow while it is read.
    """
    values: dict[str, str] = {}
    path: list[str] = []
    closed: set[str] = set()  # properties whose first item was read
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        path.append(_short(tag))
        if len(path) > _MAX_PACKET_DEPTH:
            raise ValueError("nested too deep")
        if path[-1] == "rdf:Description":
            for key, value in attributes.items():
                values.setdefault(_short(key), value)

    def words(data: str) -> None:
        key = next((one for one in path if not one.startswith(("rdf:", "x:"))), None)
        if key is not None and key not in closed:
            values[key] = values.get(key, "") + data

    def end(_: str) -> None:
        if path.pop() == "rdf:li":
            closed.update(one for one in path if not one.startswith(("rdf:", "x:")))

    def refuse(*_: object) -> None:
        raise ValueError("declares entities")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, words
    parser.EntityDeclHandler = refuse
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data.strip(b"\0"), True)
    return {key: value.strip() for key, value in values.items()}


def _short(tag: str) -> str:
    space, _, local = tag.rpartition(" ")
    return f"{_SPACES.get(space, 'x')}:{local}"


def _instant(written: str) -> datetime | None:
    """A full date with its zone, as Info has it."""
    match = _PDF_DATE.fullmatch(written)
    if match is None:
        return None
    offset = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
    if offset >= _DAY:
        return None
    zone = timezone(-offset if match[7] == "-" else offset)
    try:
        year, month, day, hour, minute, second = (int(match[at]) for at in range(1, 7))
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _xmp_instant(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
