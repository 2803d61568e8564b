"""A composed page as a record (存档): the scene with the fingerprints of the files on it, and what was found."""

from pathlib import Path

import msgspec

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.base.file_hash import hash_if_readable
from layout_engine.base.marks import Picture, PlacedPage
from layout_engine.base.version import VERSION
from layout_engine.gate import Inputs
from layout_engine.pipeline import ComposedPage
from layout_engine.proof.look import look_at
from layout_engine.scene.items import GlyphRun, ScenePage
from layout_engine.scene.record import FORMAT, PageRecord, PictureRecord


def record_page(
    composed: ComposedPage, inputs: Inputs, issue_dir: Path, findings: tuple[Diagnostic, ...] | None = None
) -> PageRecord:
    """The record of one page; `findings` are those to keep with it (the page's own if None)."""
    page = composed.scene.pages[0]
    return PageRecord(
        FORMAT,
        VERSION,
        composed.scene.imprint,
        page,
        composed.scene.sources,
        composed.entries,
        {file: _fingerprint(file, inputs, issue_dir) for file in _files(page)},
        {key: hash_if_readable(inputs.faces.face(key).path) for key in _faces(page)},
        {one.region.id: one.region.span for one in composed.layout.regions},
        composed.diagnostics if findings is None else findings,
        tuple(one.region.id for one in composed.layout.regions if one.region.open_ended or one.region.below),
    )


def _files(page: ScenePage) -> list[str]:
    placed = (item for region in page.regions for item in region.items if isinstance(item, Picture | PlacedPage))
    return sorted({item.file for item in placed})


def _faces(page: ScenePage) -> list[str]:
    runs = (item for region in page.regions for item in region.items if isinstance(item, GlyphRun))
    return sorted({run.face for run in runs})


def _fingerprint(file: str, inputs: Inputs, issue_dir: Path) -> PictureRecord:
    """What the file holds now, not what it held when it was read: that is what is shown."""
    path = issue_dir / file
    known = PictureRecord(hash_if_readable(path))
    pixels = {photo.file: (photo.width_px, photo.height_px) for photo in inputs.copy.photos.values()}
    pixels.update(inputs.pixels)
    if file in pixels:
        look = look_at(path)
        known = msgspec.structs.replace(
            known, width_px=pixels[file][0], height_px=pixels[file][1], look=look.rgb, look_size=look.size
        )
    return known
