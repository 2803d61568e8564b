"""What the file says of itself (元数据): document information and XMP, from the same values (PR-10 to PR-13).

The only clock is the issue's date; the only identity is that of paper, date and page.
"""

from collections.abc import Mapping
from hashlib import sha1
from typing import Final

import msgspec

from layout_engine.base.version import VERSION
from layout_engine.pdf.document import Value, name, string
from layout_engine.pdf.profile import Profile
from layout_engine.scene.items import Imprint, ScenePage

CREATOR: Final = "layout-engine"
PRODUCER: Final = f"layout-engine {VERSION}"

# A newspaper of a date goes to press in that night: every file of an issue bears the same fixed time.
PRESS_HOUR: Final = "02:30:00"
ZONE: Final = "+08:00"

_URL_NAMESPACE: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 4122, appendix C


class Metadata(msgspec.Struct, frozen=True):
    """The values that stand in both places. `time` is ISO 8601; `version` the PDF/X version, if one is claimed.

    `version_id` counts the versions of the page (PR-12).
    """

    title: str
    time: str
    document_id: str
    version: str | None
    version_id: int = 1


def describe(imprint: Imprint, page: ScenePage, profile: Profile) -> Metadata:
    """What the file of one page says of itself."""
    return Metadata(
        title=f"{imprint.paper} {imprint.date} {page.name}".strip(),  # XMP's readers drop spaces at the ends
        time=f"{imprint.date}T{PRESS_HOUR}{ZONE}",
        document_id=f"uuid:{_uuid5(f'{imprint.paper}/{imprint.date}/{page.number}')}",
        version=profile.conformance,
        version_id=imprint.version,
    )


def information(about: Metadata) -> Mapping[str, Value]:
    """The document information dictionary (PR-11)."""
    time = string(_pdf_date(about.time))
    entries: dict[str, Value] = {
        "Title": string(about.title),
        "Creator": string(CREATOR),
        "Producer": string(PRODUCER),
        "CreationDate": time,
        "ModDate": time,
        "Trapped": name("False"),
    }
    if about.version is not None:
        entries["GTS_PDFXVersion"] = string(about.version)
    return entries


def xmp(about: Metadata) -> bytes:
    """The XMP packet (PR-12), without padding, since nobody shall change it in place."""
    version = (
        "" if about.version is None else f"<pdfxid:GTS_PDFXVersion>{_escaped(about.version)}</pdfxid:GTS_PDFXVersion>\n"
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(about.title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{about.time}</xmp:CreateDate>
<xmp:ModifyDate>{about.time}</xmp:ModifyDate>
<xmp:MetadataDate>{about.time}</xmp:MetadataDate>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmpMM:DocumentID>{about.document_id}</xmpMM:DocumentID>
<xmpMM:VersionID>{about.version_id}</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
{version}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()


def _pdf_date(time: str) -> str:
    """`2024-05-21T02:30:00+08:00` as `D:20240521023000+08'00'`."""
    day, _, clock = time.partition("T")
    hour, zone = clock[:8], clock[8:]
    return f"D:{day.replace('-', '')}{hour.replace(':', '')}{zone.replace(':', chr(39))}'"


def _uuid5(text: str) -> str:
    """RFC 4122, 4.3: the name-based UUID of `text` (the standard module asks the machine for its address)."""
    raw = bytearray(sha1(_URL_NAMESPACE + text.encode(), usedforsecurity=False).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x50
    raw[8] = raw[8] & 0x3F | 0x80
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
