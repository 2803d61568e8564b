"""What a file says of itself in its XMP, read by another parser than wrote it."""

from xml.etree import ElementTree

import pikepdf

XMP = {
    "dc:title": "{http://purl.org/dc/elements/1.1/}title",
    "xmp:CreateDate": "{http://ns.adobe.com/xap/1.0/}CreateDate",
    "xmp:ModifyDate": "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    "xmp:MetadataDate": "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    "xmp:CreatorTool": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
    "xmpMM:DocumentID": "{http://ns.adobe.com/xap/1.0/mm/}DocumentID",
    "xmpMM:VersionID": "{http://ns.adobe.com/xap/1.0/mm/}VersionID",
    "xmpMM:RenditionClass": "{http://ns.adobe.com/xap/1.0/mm/}RenditionClass",
    "pdf:Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "pdf:Trapped": "{http://ns.adobe.com/pdf/1.3/}Trapped",
    "pdfxid:GTS_PDFXVersion": "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion",
}


def xmp_values(file: pikepdf.Pdf) -> dict[str, str]:
    """The values of those keys that are there."""
    root = ElementTree.fromstring(bytes(file.Root.Metadata.read_raw_bytes()))
    found = {key: root.find(f".//{tag}") for key, tag in XMP.items()}
    return {key: "".join(element.itertext()) for key, element in found.items() if element is not None}
