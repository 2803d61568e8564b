"""An issue's folder as it is now, set but not written (现状)."""

from pathlib import Path
from tempfile import TemporaryDirectory

from layout_engine.base.diagnostics import Outcome, in_order
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.diff.model import Edition, Leaf
from layout_engine.gate import read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pdf.proof_extras import ProofExtras
from layout_engine.pipeline import build, compose_page
from layout_engine.places import Places, find_places
from layout_engine.proofing import PROFILE
from layout_engine.recording import record_page


def read_folder(issue_dir: Path, fonts: Path | None, label: str, *, showing: bool = False) -> Outcome[Edition]:
    """The issue in `issue_dir`. What is wrong on its pages is no hindrance; what keeps them from being set is told.

    `showing`: its pages are written, too, for people to see.
    """
    watch = Stopwatch()
    places = find_places(issue_dir, fonts=fonts)
    reading = read_inputs(issue_dir, places.fonts, watch, BUILT_IN_KINDS, showing=True)
    if reading.inputs is None:
        return Outcome(None, in_order(tuple(one for one in reading.diagnostics if one.severity == "error")))
    pages = [compose_page(reading.inputs, page, watch) for page in reading.inputs.spec.pages]
    records = tuple(record_page(page, reading.inputs, issue_dir) for page in pages)
    return Outcome(Edition(label, records, leaves=_leaves(issue_dir, places) if showing else {}))


def _leaves(issue_dir: Path, places: Places) -> dict[int, Leaf]:
    """The pages as PDFs, with nothing laid over them."""
    with TemporaryDirectory(prefix="layout-engine-") as folder:
        aside = Places(places.fonts, Path(folder), False, places.cache)
        built = build(issue_dir, aside, profile=PROFILE, extras=_bare)
        return {page.number: Leaf(page.pdf.read_bytes()) for page in built.pages if page.pdf is not None}


def _bare(*_: object) -> ProofExtras:
    return ProofExtras()
