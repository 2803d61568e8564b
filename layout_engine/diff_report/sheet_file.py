"""Sheets as one PDF (成册): each written as a page of its own, then put together; the same bytes each time."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pikepdf

from layout_engine.adverts.model import CopiedForm
from layout_engine.base.diagnostics import Outcome
from layout_engine.base.marks import PlacedPage
from layout_engine.faces.fallback import Faces
from layout_engine.pdf.profile import find_profile
from layout_engine.pdf.write import write_page
from layout_engine.scene.items import Imprint, Scene, ScenePage


def write_sheets(
    imprint: Imprint, sheets: Sequence[ScenePage], faces: Faces, forms: Mapping[str, CopiedForm]
) -> Outcome[bytes]:
    """All sheets in one file."""
    profile = find_profile("proof")
    if profile.value is None:
        return Outcome(None, profile.diagnostics)
    scene = Scene(imprint, tuple(sheets), {})
    written = BytesIO()
    with pikepdf.new() as book:
        for sheet in sheets:
            keys = {item.key for region in sheet.regions for item in region.items if isinstance(item, PlacedPage)}
            own = {key: forms[key] for key in sorted(keys)}
            with pikepdf.open(BytesIO(write_page(scene, sheet, faces, profile.value, {}, forms=own))) as one:
                if not book.pages:
                    book.trailer.Info = book.copy_foreign(one.trailer.Info)
                    book.Root.Metadata = book.copy_foreign(one.Root.Metadata)
                book.pages.append(one.pages[0])
        book.save(written, deterministic_id=True)
    return Outcome(written.getvalue())
