"""Release an issue (付印): every reason against it named at once, or the finals and their manifest, kept for good.

Nothing of a release is touched until all of it is sure: pages are built aside, held against what was signed, and put
in place whole, the manifest last. What was released changes in one way only: a page is replaced, and the reason kept.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings, Lang, diagnose, has_errors, in_order
from layout_engine.base.file_hash import hash_if_readable
from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.base.version import VERSION
from layout_engine.gate import read_inputs
from layout_engine.guards.outside import Allow
from layout_engine.guards.run import guard_issue
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.pdf.files import write_atomically
from layout_engine.pdf.profile import Profile
from layout_engine.pipeline import Build, BuiltPage, build, find_printer
from layout_engine.places import Places
from layout_engine.release.earlier import (
    KEPT,
    Earlier,
    last_release,
    log_once,
    put_in_place,
    read_earlier,
    released_page,
)
from layout_engine.release.keys import Key
from layout_engine.release.manifest import FORMAT, Manifest, ReleasedPage, Replaced, encode_manifest, seal
from layout_engine.release.signoff import check_releaser
from layout_engine.release.standing import Standing, changes_in_words, check_signatures, read_standing, signoff_of
from layout_engine.revisions.model import Kind, NewRevision, Revision
from layout_engine.revisions.store import Store
from layout_engine.spec.resolved import IssueSpec

FOLDER: Final = "release"  # in the issue's output folder: what the printer gets, and nothing else
_STAND_IN: Final = "page/stand-in"


_REPLACED: Final = "replaced"


class _OvertakenError(Exception):
    """Somebody else released at the same time, and was quicker."""


class Order(msgspec.Struct, frozen=True):
    """付印单: who releases, when, with which key. With a `page` that page replaces a released one, for a `reason`."""

    at: str
    by: str
    key: Key | None = None
    note: str = ""
    page: int | None = None
    reason: str = ""
    lang: Lang = "zh"
    allow: Allow = Allow()  # which of the house's programs may run


class Released(msgspec.Struct, frozen=True):
    """What came of it. `manifest` is None where it was refused; `again`: the very same was released before."""

    manifest: Manifest | None
    folder: Path
    build: Build | None
    diagnostics: tuple[Diagnostic, ...]
    revision: Revision | None = None
    again: bool = False


def release(issue_dir: Path, places: Places, store: Store, spec: IssueSpec, order: Order) -> Released:
    """Release the issue in `issue_dir`, or replace one page of a release; everything that is against it is told."""
    folder = places.output_of(spec.issue.date) / FOLDER
    read_before = read_earlier(store, folder)
    earlier = read_before.value
    before = earlier.manifest if earlier else None
    found = Findings()
    found.extend(read_before.diagnostics)
    found.extend(_misplaced(before, order))
    found.extend(check_releaser(signoff_of(spec), order.by, order.key))
    if has_errors(found.all()):
        return Released(None, folder, None, found.all())
    with TemporaryDirectory(prefix="layout-engine-") as aside:
        old = _old_page(before, folder, store, Path(aside), order)
        desk = Places(places.fonts, Path(aside), False, places.cache)
        made = _build(issue_dir, desk, before, old, order)
        found.extend(tuple(one for one in made.diagnostics if one.code != _STAND_IN))  # told below, as an error
        read = read_standing(issue_dir, places.fonts, spec, store)
        found.extend(read.diagnostics)
        standing = read.value
        if standing is None or made.spec is None:
            return Released(None, folder, made, in_order(found.all()))
        found.extend(_against(standing, made, store, issue_dir, order))
        found.extend(_others_changed(standing, before, order))
        found.extend(_guarded(issue_dir, places, order))
        wanted = [page for page in made.pages if page.pdf is not None]
        if has_errors(found.all()) or not wanted:
            return Released(None, folder, made, in_order(found.all()))
        printer = find_printer(made.spec, Recall()).value
        assert printer is not None, "what was built has a printer"
        manifest = seal(_manifest(standing, made, printer, wanted, before, order), order.key)
        fresh = {page.sha256: page.pdf for page in wanted if page.pdf is not None and page.sha256 is not None}
        if earlier is not None and (
            _is_same(earlier.manifest, manifest)
            or _was_replaced_already(issue_dir, desk, earlier.manifest, standing, order)
        ):
            found.extend(put_in_place(earlier.manifest, folder, store, fresh))
            if earlier.revision is not None:
                log_once(store, earlier.revision)
            return Released(earlier.manifest, folder, made, in_order(found.all()), again=True)
        if before is not None and order.page is None:
            found.add("release/already", None, folder=FOLDER, changes=_changed_pages(before, manifest))
            return Released(None, folder, made, in_order(found.all()))
        revision, refused = _keep(store, manifest, wanted, earlier, order)
        found.extend(refused)
        if revision is None:
            return Released(None, folder, made, in_order(found.all()))
        found.extend(put_in_place(manifest, folder, store, fresh, fresh_manifest=True))
    log_once(store, revision)
    return Released(manifest, folder, made, in_order(found.all()), revision)


def _misplaced(before: Manifest | None, order: Order) -> tuple[Diagnostic, ...]:
    """A page that is to be replaced and was not released."""
    if order.page is None:
        return ()
    if before is None:
        return (diagnose("release/nothing-to-replace", None, page=order.page),)
    known = [page.page for page in before.pages]
    if order.page not in known:
        listed = ", ".join(map(str, known))
        return (diagnose("release/page-not-released", None, page=order.page, known=listed),)
    return ()


def _old_page(before: Manifest | None, folder: Path, store: Store, aside: Path, order: Order) -> Path | None:
    """The page that is replaced, as it was released, under its own name; None where none is."""
    pages = before.pages if before and order.page is not None else ()
    for page in (one for one in pages if one.page == order.page):
        data = released_page(page, folder, store)
        if data is None:
            return folder / page.file  # which the build cannot read either, and says so
        path = aside / _REPLACED / page.file
        write_atomically(path, data)
        return path
    return None


def _build(issue_dir: Path, aside: Places, before: Manifest | None, old: Path | None, order: Order) -> Build:
    """The finals, or the late page, held against the one that it replaces."""
    versions = _versions(before, order.page)
    return build(issue_dir, aside, final=True, only=order.page, replaces=old, versions=versions)


def _versions(before: Manifest | None, late: int | None = None) -> dict[int, int]:
    """Which version of itself each page is: the first, and one more for each time that it was replaced."""
    replaced = [one.page for one in before.replaced] if before else []
    if late is not None:
        replaced.append(late)
    return {page: 1 + replaced.count(page) for page in replaced}


def _was_replaced_already(issue_dir: Path, aside: Places, before: Manifest, standing: Standing, order: Order) -> bool:
    """Whether the page that is to be replaced is what the printer has: made as the version that it was, not one on."""
    if order.page is None:
        return False
    known = next(page for page in before.pages if page.page == order.page)
    if known.content != standing.pages[order.page].content:
        return False
    same = build(issue_dir, aside, final=True, only=order.page, versions=_versions(before))
    return any(page.sha256 == known.sha256 for page in same.pages)


def _others_changed(standing: Standing, before: Manifest | None, order: Order) -> tuple[Diagnostic, ...]:
    """Of a replacement: which other pages are not what the printer has, and stay at the printer's as they are."""
    if before is None or order.page is None:
        return ()
    released = {page.page: page.content for page in before.pages}
    now = {number: page.content for number, page in standing.pages.items()}
    others = [page for page in sorted({*released, *now}) if page != order.page and released.get(page) != now.get(page)]
    return (diagnose("release/others-changed", None, pages=", ".join(map(str, others))),) if others else ()


def _against(standing: Standing, made: Build, store: Store, issue_dir: Path, order: Order) -> tuple[Diagnostic, ...]:
    """What stands against a release besides what the build found: proofs, signatures, stand-ins, files that changed."""
    found = Findings()
    concerned = [number for number in standing.pages if order.page in (None, number)]
    for number in concerned:
        page = standing.pages[number]
        if page.seen is None or page.proof is None:
            found.add("release/no-proof", None, page=number)
        elif not page.is_as_seen:
            changes = changes_in_words(page.seen, page.record, order.lang)
            found.add("release/newer-than-proof", None, page=number, revision=page.proof.number, changes=changes)
    pages = {str(number) for number in concerned}
    signed = check_signatures(standing, store, order.lang)
    found.extend(tuple(one for one in signed if dict(one.values)["page"] in pages))
    for one in made.diagnostics:
        if one.code == _STAND_IN:
            found.add("release/stand-in", one.span, photo=dict(one.values).get("photo", ""))
    changed = sorted(file for file, known in made.inputs.items() if hash_if_readable(issue_dir / file) != known)
    if changed:
        found.add("release/changed-meanwhile", None, files=", ".join(changed))
    return found.all()


def _guarded(issue_dir: Path, places: Places, order: Order) -> tuple[Diagnostic, ...]:
    """What the editors' guards find in the copy, as `check` would tell it."""
    inputs = read_inputs(issue_dir, places.fonts, Stopwatch(), BUILT_IN_KINDS).inputs
    return guard_issue(inputs.spec, inputs.copy, order.allow) if inputs is not None else ()


def _manifest(
    standing: Standing,
    made: Build,
    printer: Profile,
    wanted: Sequence[BuiltPage],
    before: Manifest | None,
    order: Order,
) -> Manifest:
    """The manifest, not sealed yet. Of a replacement the other pages and their signatures stay what they were."""
    assert made.spec is not None
    spec = made.spec
    pages = {page.page: page for page in before.pages} if before and order.page is not None else {}
    pages |= {page.number: _page(page, standing) for page in wanted}
    replaced = before.replaced if before and order.page is not None else ()
    if before is not None and order.page is not None:
        old = next(page for page in before.pages if page.page == order.page)
        plates = next((one.replaced.plates_changed or () for one in wanted if one.replaced), ())
        replaced = (*replaced, Replaced(order.page, old.file, old.sha256, order.reason, order.by, tuple(plates)))
    records = [standing.pages[number].record for number in sorted(standing.pages)]
    faces = {key: digest for record in records for key, digest in record.faces.items()}
    pictures = {file: one.sha256 for record in records for file, one in record.pictures.items()}
    last = {(one.page, one.role): one.signature for one in standing.states if one.signature is not None}
    kept = before.signatures if before and order.page is not None else ()
    signatures = [one for one in kept if one.statement.page != order.page]
    signatures += [one for (page, _), one in last.items() if order.page in (None, page)]
    return Manifest(
        FORMAT,
        VERSION,
        spec.house.paper,
        spec.issue.date,
        spec.issue.number,
        printer.name,
        printer.conformance or "",
        printer.condition.identifier,
        sha256(printer.icc).hexdigest(),
        tuple(pages[number] for number in sorted(pages)),
        dict(sorted({**pictures, **made.inputs}.items())),
        dict(sorted(faces.items())),
        tuple(sorted(signatures, key=lambda one: one.statement.page)),
        replaced,
        order.by,
    )


def _page(page: BuiltPage, standing: Standing) -> ReleasedPage:
    assert page.pdf is not None
    assert page.sha256 is not None
    content = standing.pages[page.number].content
    return ReleasedPage(page.number, page.name, page.pdf.name, page.pdf.stat().st_size, page.sha256, content)


def _is_same(before: Manifest, manifest: Manifest) -> bool:
    """Whether the printer has these very pages, whoever released them, whatever was signed or noted since."""
    return before.pages == manifest.pages


def _changed_pages(before: Manifest, manifest: Manifest) -> str:
    old, new = ({page.page: page for page in one.pages} for one in (before, manifest))
    return ", ".join(str(page) for page in sorted({*old, *new}) if old.get(page) != new.get(page))


def _keep(
    store: Store, manifest: Manifest, wanted: Sequence[BuiltPage], earlier: Earlier | None, order: Order
) -> tuple[Revision | None, tuple[Diagnostic, ...]]:
    """The finals and the manifest in the store, for good: a revision with facts is never cleared away."""
    kind: Kind = "release" if order.page is None else "replacement"
    data = encode_manifest(manifest)

    def make(_: int) -> NewRevision:
        if last_release(store) != (earlier.revision if earlier else None):
            raise _OvertakenError
        files = [store.put_as(f"release/{page.pdf.name}", page.pdf) for page in wanted if page.pdf is not None]
        files.append(store.put_as(KEPT, data))
        content = sha256("\n".join(f"{page.page} {page.content}" for page in manifest.pages).encode()).hexdigest()
        facts = {"manifest": sha256(data).hexdigest(), **({"reason": order.reason} if order.reason else {})}
        return NewRevision(kind, order.at, order.by, order.note, content, manifest.inputs, tuple(files), facts)

    try:
        kept = store.record(make)
    except _OvertakenError:
        return None, (diagnose("release/overtaken", None),)
    return kept.value, kept.diagnostics
