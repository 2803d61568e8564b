"""A proof made and kept (出样): the pages with their marks, as PDF and picture, recorded as a revision of the issue.

A revision holds for each page `pages/NN.pdf`, `pages/NN.png`, its record `pages/NN.json` and the text to be read aloud,
`pages/NN.txt`; for a galley `galleys/STORY-N.*`. Its content is the hash of what can be seen on all of its pages.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang
from layout_engine.base.geometry import Rect
from layout_engine.galleys import Galleys, Sheet, make_galleys
from layout_engine.kept_pages import PAGES, changed_lines, kept_record, last_proof_of, pages_of
from layout_engine.pipeline import Build
from layout_engine.places import Places
from layout_engine.proof.call_over import call_over
from layout_engine.proof.carried import carried_record
from layout_engine.proof.raster import render_png
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import make_proofs
from layout_engine.revisions.model import Kind, NewRevision, Revision, StoredFile
from layout_engine.revisions.store import Store
from layout_engine.scene.record import PageRecord, content_hash, encode_record

GALLEYS: Final = "galleys"


class Ordered(msgspec.Struct, frozen=True):
    """What is asked of a proof: who and why, what its stamp says, the pictures' resolution, one page or all.

    Lines that differ from revision `against` are marked; 0: from each page's latest proof, None: none are.
    """

    at: str
    by: str = ""
    note: str = ""
    title: str = "大样"
    against: int | None = 0
    dpi: int = 110
    only: int | None = None
    clean: bool = False
    lang: Lang = "zh"
    roles: tuple[str, ...] | None = None

    def revision_name(self, number: int) -> str:
        """第3次."""
        return f"第{number}次" if self.lang == "zh" else f"revision {number}"

    def stamp(self, number: int, against: int | None = None) -> Stamp:
        """The stamp of revision `number`, whose bars tell what is not as in revision `against`."""
        compared = self.revision_name(against) if against else ""
        stamp = Stamp(self.title, self.revision_name(number), self.by, self.note, compared, clean=self.clean)
        return stamp if self.roles is None else msgspec.structs.replace(stamp, roles=self.roles)


class MadePage(msgspec.Struct, frozen=True):
    """One page or sheet as kept: the name of its file, its PDF, its picture, its record."""

    name: str
    pdf: bytes
    png: bytes
    record: PageRecord


class Proved(msgspec.Struct, frozen=True):
    """A proof: its revision, None where there was nothing to keep or the disk refused, and its pages."""

    revision: Revision | None
    pages: tuple[MadePage, ...]
    build: Build
    diagnostics: tuple[Diagnostic, ...] = ()


class NothingMadeError(Exception):
    """No page could be made, so there is nothing to keep."""


def prove(issue_dir: Path, places: Places, store: Store, ordered: Ordered) -> Proved:
    """The issue's pages as a proof, kept in `store`."""
    made: list[tuple[Build, tuple[MadePage, ...]]] = []

    def make(number: int) -> NewRevision:
        made[:] = [_make_pages(issue_dir, places, store, ordered, number)]
        build, pages = made[0]
        if not pages:
            raise NothingMadeError
        inputs = {**build.inputs, **_pictures(pages)}
        return _revision("proof", ordered, inputs, pages, partial(_page_files, store))

    try:
        kept = store.record(make)
    except NothingMadeError:
        return Proved(None, (), made[0][0])
    build, pages = made[0]
    return Proved(kept.value, pages, build, kept.diagnostics)


class ProvedGalleys(msgspec.Struct, frozen=True):
    """Galleys: their revision, None where there was nothing to keep, and their sheets."""

    revision: Revision | None
    pages: tuple[MadePage, ...]
    galleys: Galleys
    diagnostics: tuple[Diagnostic, ...] = ()


def prove_galleys(
    issue_dir: Path, places: Places, store: Store, stories: Sequence[str], ordered: Ordered
) -> ProvedGalleys:
    """The stories of these names (all if none) as galleys, kept in `store`."""
    made: list[tuple[Galleys, tuple[MadePage, ...]]] = []

    def make(number: int) -> NewRevision:
        galleys = make_galleys(issue_dir, places, stories, ordered.stamp(number), ordered.lang)
        pages = tuple(_sheet(one, ordered.dpi) for one in galleys.sheets)
        made[:] = [(galleys, pages)]
        if not pages:
            raise NothingMadeError
        return _revision("galley", ordered, galleys.inputs, pages, partial(_galley_files, store))

    try:
        kept = store.record(make)
    except NothingMadeError:
        return ProvedGalleys(None, (), made[0][0])
    galleys, pages = made[0]
    return ProvedGalleys(kept.value, pages, galleys, kept.diagnostics)


def content_of(records: Sequence[PageRecord]) -> str:
    """The hash of what can be seen on these pages together."""
    return sha256("\n".join(f"{one.page.number} {content_hash(one)}" for one in records).encode()).hexdigest()


def _make_pages(
    issue_dir: Path, places: Places, store: Store, ordered: Ordered, number: int
) -> tuple[Build, tuple[MadePage, ...]]:
    against = _Against(store, ordered)
    with TemporaryDirectory(prefix="layout-engine-") as folder:
        aside = Places(places.fonts, Path(folder), False, places.cache)
        build = make_proofs(
            issue_dir,
            aside,
            lambda page: ordered.stamp(number, against.number(page)),
            only=ordered.only,
            changed=against.changed,
            lang=ordered.lang,
        )
        written = [page.pdf for page in build.pages if page.pdf is not None]
        return build, tuple(_made(path.name, path.read_bytes(), ordered.dpi) for path in written)


class _Against:
    """With what each page is compared. Everything is read before pages are dealt out to other processes."""

    def __init__(self, store: Store, ordered: Ordered) -> None:
        revisions = store.revisions() if ordered.against is not None else ()
        chosen = [one for one in revisions if ordered.against in (0, one.number)]
        self._records: dict[int, tuple[int, PageRecord]] = {}
        for page in {number for one in chosen for number in pages_of(one)}:
            proof = last_proof_of(chosen, page)
            record = kept_record(store, proof, page).value if proof else None
            if proof and record:
                self._records[page] = proof.number, record

    def number(self, page: int) -> int | None:
        """The revision that the page is compared with."""
        return self._records[page][0] if page in self._records else None

    def changed(self, record: PageRecord) -> Sequence[Rect]:
        """The lines of the page that are not as they were."""
        kept = self._records.get(record.page.number)
        return changed_lines(kept[1], record) if kept else ()


def _made(name: str, pdf: bytes, dpi: int) -> MadePage:
    record = carried_record(pdf).value
    assert record is not None, "a proof carries its record"
    return MadePage(name, pdf, render_png(pdf, dpi), record)


def _sheet(sheet: Sheet, dpi: int) -> MadePage:
    return MadePage(sheet.name, sheet.pdf, render_png(sheet.pdf, dpi), sheet.record)


def _revision(
    kind: Kind,
    ordered: Ordered,
    inputs: Mapping[str, str],
    pages: Sequence[MadePage],
    files: Callable[[MadePage], list[StoredFile]],
) -> NewRevision:
    return NewRevision(
        kind,
        ordered.at,
        ordered.by,
        ordered.note,
        content_of([page.record for page in pages]),
        dict(sorted(inputs.items())),
        tuple(one for page in pages for one in files(page)),
    )


def _pictures(pages: Sequence[MadePage]) -> dict[str, str]:
    return {file: one.sha256 for page in pages for file, one in page.record.pictures.items() if one.sha256}


def _page_files(store: Store, page: MadePage) -> list[StoredFile]:
    return _files(store, page, f"{PAGES}/{page.record.page.number:02}")


def _galley_files(store: Store, page: MadePage) -> list[StoredFile]:
    return _files(store, page, f"{GALLEYS}/{page.name.removesuffix('.pdf')}")


def _files(store: Store, page: MadePage, stem: str) -> list[StoredFile]:
    contents = {
        "pdf": page.pdf,
        "png": page.png,
        "json": encode_record(page.record),
        "txt": call_over(page.record).encode(),
    }
    return [store.put_as(f"{stem}.{kind}", data) for kind, data in contents.items()]
