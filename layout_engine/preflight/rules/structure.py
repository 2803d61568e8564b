"""The file itself (文件结构): PR-01 to PR-08. Version, revisions, encryption, filters, and nothing that acts."""

from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.document import Document, Met, PageView
from layout_engine.preflight.findings import Found
from layout_engine.preflight.plane import common
from layout_engine.preflight.raw import entry, filters, items, name

_ID_BYTES: Final = 16  # PR-03
_HIGH_BYTES: Final = 4  # PR-01
_KNOWN_FILTERS: Final = frozenset(
    ("ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "RunLengthDecode", "CCITTFaxDecode", "DCTDecode")
)
_LATER_FILTERS: Final = frozenset(("JBIG2Decode", "JPXDecode"))  # not in PDF 1.4's X-1a

# PR-06: keys that make a file act, in any dictionary. `A` is an action only where it holds one.
_ACTIONS: Final = frozenset(("OpenAction", "AA", "JS", "JavaScript", "AcroForm", "XFA", "NeedsRendering"))
_FOREIGN: Final = frozenset(("OPI", "PS", "Ref", "Alternates", "PresSteps", "3DD", "RichMediaContent", "Renditions"))
_FOREIGN_KINDS: Final = frozenset(("PS", "3D", "RichMedia", "Movie", "Sound", "Screen", "FileAttachment"))
_ATTACHED: Final = frozenset(("EmbeddedFiles", "EF", "AF", "Thumb", "JT"))
_MARKS: Final = ("TrapNet", "PrinterMark")  # PR-07


def check_header(document: Document, found: Found) -> None:
    """PR-01: the version at byte 0, as the profile has it."""
    head = document.ends.head
    wanted = ".".join(map(str, found.profile.pdf_version))
    written = head[5:8].decode("latin-1") if head.startswith(b"%PDF-") else ""
    if not written:
        found.add_file("preflight/header")
    elif found.standard != "proof" and written != wanted and not (found.standard == "X1a" and written == "1.3"):
        found.add_file("preflight/version", version=written, wanted=wanted)
    comment = head[8:].lstrip(b"\r\n").split(b"\n")[0].split(b"\r")[0]
    if found.standard != "proof" and (
        not comment.startswith(b"%") or sum(byte > 127 for byte in comment) < _HIGH_BYTES
    ):
        found.add_file("preflight/binary-mark")
    override = name(entry(document.root, "/Version"))
    if override is not None:
        found.add_file("preflight/version-override", version=override)


def check_cross_references(document: Document, found: Found) -> None:
    """PR-02: one revision with nothing after it; X-1a knows no compressed objects."""
    ends = document.ends
    if document.pdf.is_linearized:
        found.add_file("preflight/linearised")
    elif ends.revisions > 1:
        found.add_file("preflight/revisions", count=ends.revisions)
    end = ends.tail.rfind(b"%%EOF")
    if end < 0 or ends.tail[end + 5 :].strip(b"\r\n"):
        found.add_file("preflight/end-of-file")
    if found.standard == "X1a" and (ends.has_object_streams or ends.table in ("stream", "both")):
        found.add_file("preflight/compressed-objects")


def check_identifier(document: Document, found: Found) -> None:
    """PR-03: two strings of 16 bytes, the same in a first writing."""
    halves = [bytes(one) for one in items(document.pdf.trailer.get("/ID"), 3) if raw.text(one) is not None]
    if len(halves) != 2 or not all(halves):
        found.add_file("preflight/identifier")
    elif min(map(len, halves)) < _ID_BYTES or halves[0] != halves[1]:
        found.add_file("preflight/identifier-changed")


def check_encryption(document: Document, found: Found) -> None:
    """PR-04: not even with an empty password."""
    if document.pdf.is_encrypted:
        found.add_file("preflight/encrypted")


def check_filters(met: Met, found: Found) -> None:
    """PR-05: only filters that every RIP undoes, and all data inside the file."""
    if raw.is_stream(met.value):
        for one in filters(met.value):
            if one in _LATER_FILTERS and found.standard != "X1a":
                continue
            if one not in _KNOWN_FILTERS:
                found.add_object("preflight/filter", met.object, filter=one[:40])
        outside = met.keys & {"F", "FFilter", "FDecodeParms"}
        if outside:
            found.add_object("preflight/outside-data", met.object, key=min(outside))
    elif name(entry(met.value, "/Type")) in ("Filespec", "F") and "EF" not in met.keys:
        found.add_object("preflight/outside-data", met.object, key="Filespec")


def check_actions(met: Met, found: Found) -> None:
    """PR-06: nothing that acts."""
    for key in sorted(met.keys & _ACTIONS):
        found.add_object("preflight/action", met.object, what=key)
    if "A" in met.keys and name(entry(entry(met.value, "/A"), "/S")) is not None:
        found.add_object("preflight/action", met.object, what=name(entry(entry(met.value, "/A"), "/S")))


def check_foreign(met: Met, found: Found) -> None:
    """PR-06: no PostScript, OPI, references to other files, moving pictures."""
    for key in sorted(met.keys & _FOREIGN):
        if key == "PS" and not raw.is_stream(met.value):
            continue
        found.add_object("preflight/foreign", met.object, what=key)
    kind = name(entry(met.value, "/Subtype"))
    if kind in _FOREIGN_KINDS:
        found.add_object("preflight/foreign", met.object, what=kind)
    if name(entry(met.value, "/Subtype2")) == "PS":
        found.add_object("preflight/foreign", met.object, what="PS")


def check_attachments(met: Met, found: Found) -> None:
    """PR-06: no attached files, thumbnails, job tickets."""
    for key in sorted(met.keys & _ATTACHED):
        found.add_object("preflight/attached", met.object, what=key)


def check_annotations(page: PageView, found: Found) -> None:
    """PR-07: none that touches what is printed; of ours, none."""
    for one in items(entry(page.raw, "/Annots")):
        kind = name(entry(one, "/Subtype")) or "?"
        rect = raw.box(entry(one, "/Rect"))
        if rect is None or common(rect, page.inked) is None:
            found.add("preflight/annotation-outside", box=rect, kind=kind)
        elif kind not in _MARKS:
            found.add("preflight/annotation", box=rect, kind=kind)


def check_layers(document: Document, found: Found) -> None:
    """PR-08: none in X-1a; in X-4 by their rules, and better none."""
    layers = entry(document.root, "/OCProperties")
    if layers is None:
        return
    if found.standard == "X1a":
        found.add_file("preflight/layers-forbidden")
        return
    found.add_file("preflight/layers")
    for one in (entry(layers, "/D"), *items(entry(layers, "/Configs"), 100)):
        if one is not None and (not raw.text(entry(one, "/Name")) or entry(one, "/AS") is not None):
            found.add_file("preflight/layer-configuration")
