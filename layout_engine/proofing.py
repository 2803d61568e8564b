"""Proofs of an issue (大样): each page with its marks laid over it and its record inside, written as `proof`."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import structs

from layout_engine.base.diagnostics import Diagnostic, Lang, in_order
from layout_engine.base.geometry import Rect
from layout_engine.faces.fallback import Faces
from layout_engine.gate import Inputs
from layout_engine.pdf.proof_extras import Attachment, ProofExtras
from layout_engine.pipeline import Build, ComposedPage, build
from layout_engine.places import Places
from layout_engine.proof.overlay import draw_overlay
from layout_engine.proof.placing import Places as PagePlaces
from layout_engine.proof.stamp import Stamp
from layout_engine.recording import record_page
from layout_engine.scene.record import FILE_NAME, MEDIA_TYPE, PageRecord, encode_record

PROFILE = "proof"


def make_proofs(
    issue_dir: Path,
    places: Places,
    stamp: Callable[[int], Stamp],
    *,
    only: int | None = None,
    changed: Callable[[PageRecord], Sequence[Rect]] | None = None,
    lang: Lang = "zh",
) -> Build:
    """The issue's pages, or `only` one, as proofs in `places`.

    `stamp` gives the stamp of a page by its number, `changed` the lines of it to mark.
    """
    extras = partial(_extras, issue_dir, stamp, changed or _nothing, lang)
    return build(issue_dir, places, profile=PROFILE, only=only, verify=True, extras=extras)


def _extras(
    issue_dir: Path,
    stamp: Callable[[int], Stamp],
    changed: Callable[[PageRecord], Sequence[Rect]],
    lang: Lang,
    inputs: Inputs,
    of_inputs: tuple[Diagnostic, ...],
    composed: ComposedPage,
    of_page: tuple[Diagnostic, ...],
    taken: int,
) -> ProofExtras:
    record = record_page(composed, inputs, issue_dir, of_page)
    places = PagePlaces(record)
    here = (one for one in of_inputs if places.of_span(one.span) is not None)
    record = structs.replace(record, findings=in_order((*of_page, *here)))
    return extras_of(record, inputs.faces, stamp(record.page.number), changed(record), lang, taken)


def _nothing(_: PageRecord) -> Sequence[Rect]:
    return ()


def extras_of(
    record: PageRecord, faces: Faces, stamp: Stamp, changed: Sequence[Rect], lang: Lang, taken: int = 0
) -> ProofExtras:
    """The marks over a page, around the paper that printer's marks have `taken`, and its record inside the file."""
    overlay = draw_overlay(record, faces, stamp, changed, lang, taken)
    attached = Attachment(FILE_NAME, MEDIA_TYPE, encode_record(record))
    return ProofExtras(overlay, (attached,))
