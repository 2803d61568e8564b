"""What a proof has and a file for the press has not (校样附件): a layer of marks, and files that travel inside it.

The layer can be switched off in any viewer, and what is left is the final page. Attached is the page's record, by which
two proofs that came by mail are compared without anything else at hand.
"""

from typing import Final

from msgspec import Struct

from layout_engine.pdf.document import Document, Reference, Value, name, pack, string
from layout_engine.pdf.page import LAYER
from layout_engine.scene.items import Overlay


class Attachment(Struct, frozen=True):
    """A file inside the file."""

    file_name: str
    media_type: str
    data: bytes


class ProofExtras(Struct, frozen=True):
    """What is laid over the page, and what travels with it."""

    overlay: Overlay | None = None
    attachments: tuple[Attachment, ...] = ()


def add_extras(document: Document, extras: ProofExtras, resources: dict[str, Value]) -> dict[str, Value]:
    """Put them into the file; the catalogue's entries for them. The layer is named among the page's `resources`."""
    catalog: dict[str, Value] = {}
    if extras.overlay is not None:
        layer = document.add({"Type": name("OCG"), "Name": string(extras.overlay.title)})
        resources["Properties"] = {LAYER: layer}
        catalog["OCProperties"] = _layers(layer, extras.overlay.title)
    if extras.attachments:
        named: list[Value] = []
        for one in sorted(extras.attachments, key=lambda one: one.file_name):
            named += [string(one.file_name), _attach(document, one)]
        catalog["Names"] = {"EmbeddedFiles": {"Names": tuple(named)}}
    return catalog


_SHOWN: Final = "ON"


def _layers(layer: Reference, title: str) -> dict[str, Value]:
    """One layer, shown and printed until somebody switches it off (ISO 32000-1, 8.11.4)."""
    shown: dict[str, Value] = {
        "Name": string(title), "BaseState": name(_SHOWN), "Order": (layer,), _SHOWN: (layer,)
    }  # fmt: skip
    return {"OCGs": (layer,), "D": shown}


def _attach(document: Document, one: Attachment) -> Reference:
    entries: dict[str, Value] = {
        "Type": name("EmbeddedFile"),
        "Subtype": name(one.media_type),
        "Params": {"Size": len(one.data)},
    }
    stream = document.add_stream(pack(one.data), entries, filter_name="FlateDecode")
    return document.add(
        {
            "Type": name("Filespec"),
            "F": string(one.file_name),
            "UF": string(one.file_name),
            "EF": {"F": stream, "UF": stream},
        }
    )
