"""A sample issue in a folder of its own, set again after each edit as by the command (作坊)."""

import shutil
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.diff.model import Edition
from layout_engine.editions.printed import read_printed
from layout_engine.gate import read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pipeline import compose_page
from layout_engine.places import Places
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import make_proofs
from layout_engine.recording import record_page
from tests.kit.reference import FONTS, ISSUES


class Workshop:
    """Sets the issue `name` with some of its files replaced; `printed`: as proofs, which are read back from the PDF."""

    def __init__(self, folder: Path, name: str, *, printed: bool = False) -> None:
        shutil.copytree(ISSUES / "house", folder / "house")
        shutil.copytree(ISSUES / name, folder / name)
        self.issue: Final = folder / name
        self._out: Final = folder / "out"
        self._recall: Final = Recall()
        self._set: Final = self._printed if printed else self._composed
        self.files: Final = {
            str(path.relative_to(self.issue)): path.read_bytes()
            for path in sorted(self.issue.rglob("*"))
            if path.is_file() and path.suffix != ".py"
        }
        self.base: Final = self.edition({})

    def edition(self, changed: dict[str, bytes]) -> Edition:
        """The issue with these files in place of its own."""
        for name, data in changed.items():
            (self.issue / name).write_bytes(data)
        try:
            return self._set()
        finally:
            for name in changed:
                (self.issue / name).write_bytes(self.files[name])

    def _composed(self) -> Edition:
        watch = Stopwatch()
        inputs = read_inputs(self.issue, FONTS, watch, BUILT_IN_KINDS, self._recall).inputs
        if inputs is None:
            raise UnprintableError
        pages = [compose_page(inputs, page, watch) for page in inputs.spec.pages]
        return Edition("edited", tuple(record_page(page, inputs, self.issue) for page in pages))

    def _printed(self) -> Edition:
        shutil.rmtree(self._out, ignore_errors=True)
        places = Places(FONTS, self._out, False, self._out.with_name("cache"))
        built = make_proofs(self.issue, places, lambda _: Stamp("大样"))
        if not any(page.pdf for page in built.pages):
            raise UnprintableError
        edition = read_printed(self._out, "edited").value
        assert edition is not None
        assert not edition.words_only
        return edition


class UnprintableError(Exception):
    """An edit after which the issue has errors and is not set; it is no trial of the comparison."""


class Expected(msgspec.Struct, frozen=True):
    """What must be told of one edit: its class, one of these ops, in which story, and which text on either side.

    Of `letters` the order is free: where the text beside says the same, an edit may be told a little to the side.
    """

    kind: str
    ops: tuple[str, ...]
    story: str
    letters: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
