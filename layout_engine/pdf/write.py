"""A page of the Scene as a file for the press (输出). This is the only door of the package.

`write_page` is a pure function but for the cache: the same Scene, faces and profile give the same bytes.
"""

from collections.abc import Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from layout_engine.adverts.model import CopiedForm
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.base.units import format_pt
from layout_engine.faces.fallback import Faces
from layout_engine.pdf.document import Document, Reference, Value, name, pack, string
from layout_engine.pdf.files import kept
from layout_engine.pdf.fonts import embed_font, gather_fonts
from layout_engine.pdf.forms import FRESH_STATE
from layout_engine.pdf.images import PreparedPicture
from layout_engine.pdf.inks import STATES, separation
from layout_engine.pdf.marks import lay_sheet
from layout_engine.pdf.metadata import describe, information, xmp
from layout_engine.pdf.page import Content, write_content
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.proof_extras import ProofExtras, add_extras
from layout_engine.scene.items import GlyphRun, Scene, ScenePage
from layout_engine.spec.resolved import Ink

_GRAY: Final = 1  # components
_INVERTED: Final = (1, 0)
# PR-51: a page on which something is transparent says in which inks.
_COMPOSITING: Final[dict[str, Value]] = {"Type": name("Group"), "S": name("Transparency"), "CS": name("DeviceCMYK")}
_GROUP_4: Final = -1  # ISO 32000-1, table 11


def picture_key(picture: Picture) -> str:
    """By what a prepared picture is known: pictures of one key have the same pixels."""
    left, top, right, bottom = picture.crop
    return f"{picture.file}[{left},{top},{right},{bottom}]{picture.rect.width}x{picture.rect.height}"


def write_page(
    scene: Scene,
    page: ScenePage,
    faces: Faces,
    profile: Profile,
    pictures: Mapping[str, PreparedPicture],
    cache: Path | None = None,
    forms: Mapping[str, CopiedForm] | None = None,
    extras: ProofExtras | None = None,
) -> bytes:
    """The PDF of one page. `pictures` holds its pictures by their `picture_key`, `forms` its placed pages by theirs.

    Font programs and the packed ICC profile are kept in the folder `cache`, if there is one. A proof has `extras`;
    a file for the press has none.
    """
    document = Document(profile.pdf_version)
    foreign = {spot for form in forms.values() for spot in form.spots} if forms else ()
    sheet = lay_sheet(page, scene.imprint, profile, faces, foreign)
    overlay = extras.overlay if extras else None
    items = chain(*(region.items for region in page.regions), sheet.items, overlay.items if overlay else ())
    fonts = gather_fonts((item for item in items if isinstance(item, GlyphRun)), faces, cache)
    names = _Names()
    content = write_content(page, fonts, names, sheet, overlay)
    stream = document.add_stream(pack(content.data()), {}, filter_name="FlateDecode")
    for font in fonts.values():
        embed_font(document, font, cid_sets=profile.cid_sets)
    inks = {**page.inks, **sheet.inks, **(overlay.inks if overlay else {})}
    resources = _resources(document, inks, content, names.embed(document, pictures, forms or {}))
    if names.places:
        resources["ExtGState"] = {**STATES, **FRESH_STATE}
    entries = _boxes(page, sheet.margin, max(sheet.margin, overlay.margin if overlay else 0))
    if any(forms[key].live for key in names.places if forms):
        entries["Group"] = _COMPOSITING
    kept_apart: dict[str, Value] = {}
    if extras is not None:
        kept_apart = add_extras(document, extras, resources)
    document.add_page(stream, entries, resources)

    about = describe(scene.imprint, page, profile)
    catalog: dict[str, Value] = {
        **kept_apart,
        "Metadata": document.add_stream(
            xmp(about), {"Type": name("Metadata"), "Subtype": name("XML")}, filter_name=None
        ),
    }
    if profile.conformance is not None:
        catalog["OutputIntents"] = (_output_intent(document, profile, cache),)
    return document.save(catalog, information(about))


class _Names:
    """Gives each picture and each placed page a resource name, the same for the same pixels and the same page."""

    def __init__(self) -> None:
        self._pictures: dict[str, str] = {}
        self.places: dict[str, str] = {}  # keys of placed pages

    def __call__(self, item: Picture | PlacedPage) -> str:
        if isinstance(item, Picture):
            return self._pictures.setdefault(picture_key(item), f"Im{len(self._pictures)}")
        return self.places.setdefault(item.key, f"Ad{len(self.places)}")

    def embed(
        self, document: Document, pictures: Mapping[str, PreparedPicture], forms: Mapping[str, CopiedForm]
    ) -> dict[str, Value]:
        """Put all of them into the file; what several placed pages share is put there once."""
        shared: dict[bytes, Reference] = {}
        return {
            **{resource: _embed_image(document, pictures[key]) for key, resource in self._pictures.items()},
            **{resource: document.add_copied(forms[key].objects, shared) for key, resource in self.places.items()},
        }


def _embed_image(document: Document, picture: PreparedPicture) -> Reference:
    entries: dict[str, Value] = {
        "Type": name("XObject"),
        "Subtype": name("Image"),
        "Width": picture.width_px,
        "Height": picture.height_px,
        "ColorSpace": name("DeviceGray" if picture.components == _GRAY else "DeviceCMYK"),
        "BitsPerComponent": picture.bits,
    }
    if picture.inverted:
        entries["Decode"] = _INVERTED * picture.components
    if picture.filter == "CCITTFaxDecode":
        entries["DecodeParms"] = {
            "K": _GROUP_4,
            "Columns": picture.width_px,
            "Rows": picture.height_px,
            "BlackIs1": "true",
        }
    return document.add_stream(picture.data, entries, filter_name=picture.filter)


def _boxes(page: ScenePage, margin: int, paper: int) -> dict[str, Value]:
    """MediaBox, BleedBox and TrimBox (PR-20 to PR-22); no CropBox, by which some presses would cut.

    `margin` is where the trim begins, `paper` what lies around it: a proof has more, and its page does not move for it.
    """

    def box(around: int) -> tuple[Value, ...]:
        """The trim with so much around it."""
        start, width, height = margin - around, page.trim.width + 2 * around, page.trim.height + 2 * around
        return _box(Rect(start, start, width, height))

    return {"MediaBox": box(paper), "BleedBox": box(page.bleed), "TrimBox": box(0)}


def _box(rect: Rect) -> tuple[Value, ...]:
    return tuple(format_pt(edge) for edge in (rect.x, rect.y, rect.right, rect.bottom))


def _resources(
    document: Document, inks: Mapping[str, Ink], content: Content, images: dict[str, Value]
) -> dict[str, Value]:
    resources: dict[str, Value] = {"ExtGState": STATES}
    if content.spots:
        resources["ColorSpace"] = {
            resource: document.add(separation(inks[key])) for key, resource in content.spots.items()
        }
    if images:
        resources["XObject"] = images
    return resources


def _output_intent(document: Document, profile: Profile, cache: Path | None) -> Reference:
    """For which press the colours are meant, with its profile (PR-30)."""
    condition = profile.condition
    entries: dict[str, Value] = {
        "Type": name("OutputIntent"),
        "S": name("GTS_PDFX"),
        "OutputConditionIdentifier": string(condition.identifier),
        "Info": string(condition.info),
    }
    if profile.embeds_icc:
        packed = kept(cache, f"icc-{sha256(profile.icc).hexdigest()}", lambda: pack(profile.icc))
        entries["DestOutputProfile"] = document.add_stream(packed, {"N": 4}, filter_name="FlateDecode")
    if condition.registry is not None:
        entries["RegistryName"] = string(condition.registry)
    return document.add(entries)
