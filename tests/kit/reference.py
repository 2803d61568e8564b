"""The issues that lie in the repository, read and composed once a test run (样报)."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.stopwatch import Stopwatch
from layout_engine.gate import Inputs, read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pipeline import ComposedPage, compose_page

ROOT: Final = Path(__file__).resolve().parents[2]
ISSUES: Final = ROOT / "issues"
FONTS: Final = ROOT / "fonts"
REFERENCE: Final = "2024-05-21"
NAMES: Final = tuple(sorted(path.parent.name for path in ISSUES.glob("*/issue.yaml")))


class Composed(msgspec.Struct, frozen=True):
    """An issue's inputs and its pages, laid out and drawn."""

    inputs: Inputs
    pages: tuple[ComposedPage, ...]


@cache
def composed(name: str = REFERENCE) -> Composed:
    """The issue of this date, composed; nothing may stand in its way."""
    watch = Stopwatch()
    reading = read_inputs(ISSUES / name, FONTS, watch, BUILT_IN_KINDS)
    assert reading.inputs is not None, reading.diagnostics
    return Composed(
        reading.inputs, tuple(compose_page(reading.inputs, page, watch) for page in reading.inputs.spec.pages)
    )
