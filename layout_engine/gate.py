"""The gate (关口): spec, copy and faces read, and every fault of all of them told together, before anything is set."""

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from layout_engine.adverts.model import Advert
from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome, Span, has_errors
from layout_engine.base.recall import Recall, on_disk
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.content.art import Outline, read_art
from layout_engine.content.intake import check_copy
from layout_engine.content.model import Copy
from layout_engine.content.picture_size import read_picture_size
from layout_engine.content.read import read_copy
from layout_engine.faces.catalog import CATALOG_NAME, read_catalog
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.page.adverts import advert_of
from layout_engine.page.regions.kind import RegionKind
from layout_engine.spec.marks import marked_strings
from layout_engine.spec.model_regions import AdRegion, MastheadRegion
from layout_engine.spec.read import read_issue
from layout_engine.spec.references import check_stories
from layout_engine.spec.resolved import IssueSpec

_PLACED = ("photo", "art")
_PHOTOS = "photos/"
_OF_COPY = "copy/"
_WITHOUT_PLACE = ("spec/story-not-placed", "spec/story-text-not-placed")
_OUTLINES = ".svg"  # art that is placed as outlines; any other is a picture


class Inputs(msgspec.Struct, frozen=True):
    """Everything that an issue is made of, read and checked."""

    spec: IssueSpec
    copy: Copy
    arts: Mapping[str, Outline]
    pixels: Mapping[str, tuple[int, int]]
    faces: Faces
    adverts: Mapping[str, Advert] = {}  # msgspec gives each its own


class Reading(msgspec.Struct, frozen=True):
    """Stages 1 to 3: the inputs, or None where something is wrong; `unreadable` where there is no spec at all."""

    inputs: Inputs | None
    diagnostics: tuple[Diagnostic, ...]
    unreadable: bool = False


def read_inputs(
    issue_dir: Path,
    fonts_dir: Path,
    watch: Stopwatch,
    kinds: Sequence[RegionKind],
    recall: Recall | None = None,
    profile: str | None = None,
    *,
    showing: bool = False,
) -> Reading:
    """The gate: spec, copy and faces read, and every fault of all of them told together.

    `profile` takes the place of the house's. With a `recall`, files that did not change since it was last used are
    not parsed again. What is `showing`, a proof, is made although copy has faults or pictures are missing, whose places
    stay empty.
    """
    memory = recall or Recall()
    with watch.stage("spec"):
        catalog = memory.get("catalog", on_disk(fonts_dir / CATALOG_NAME), partial(read_catalog, fonts_dir))
        roles = frozenset(catalog.value.roles) if catalog.value else None
        structs = tuple(kind.spec for kind in kinds)
        read = memory.get(
            "spec",
            (issue_dir, roles, structs, profile),
            partial(read_issue, issue_dir, roles, structs, profile=profile),
            partial(_spec_files, issue_dir),
        )
    spec = read.value
    if spec is None:
        return Reading(None, read.diagnostics, unreadable=True)
    findings = Findings()
    findings.extend(read.diagnostics)
    with watch.stage("copy"):
        copy, arts, pixels = _read_copy(issue_dir, spec, findings, memory)
        adverts = _read_adverts(issue_dir, spec, findings, memory)
        _check_pins(issue_dir, spec, findings, memory)
    with watch.stage("faces"):
        faces = _open_faces(fonts_dir, spec, memory)
        findings.extend(faces.diagnostics)
    found = findings.all()
    barring = tuple(one for one in found if not _can_be_shown(one, spec)) if showing else found
    if faces.value is None or copy is None or has_errors(barring):
        return Reading(None, found)
    return Reading(Inputs(spec, copy, arts, pixels, faces.value, adverts), found)


def _can_be_shown(finding: Diagnostic, spec: IssueSpec) -> bool:
    """Whether a page can be looked at all the same: the fault is in the copy, or in a picture, or copy has no place."""
    if finding.code.startswith(_OF_COPY) or finding.code in _WITHOUT_PLACE:
        return True
    if finding.span is None:
        return False
    regions = (region for page in spec.pages for region in page.regions)
    asked = {span for region in regions for field, span in region.spans.items() if field in _PLACED}
    return finding.span in asked or finding.span.file.startswith(_PHOTOS)


def _spec_files(issue_dir: Path, read: Outcome[IssueSpec]) -> tuple[object, ...]:
    """Whether a spec is still what lies on the disk: its files' bytes, and whether the art is there.

    A file that changed while it was read, or since, makes an answer that equals no other.
    """
    spec = read.value
    if spec is None or any(_hash(issue_dir / label) != known for label, known in spec.hashes.items()):
        return (object(),)
    return tuple((file, (issue_dir / file).is_file()) for file in (*_art_files(spec), *spec.pins))


def _hash(path: Path) -> str:
    return sha256(_bytes(path) or b"").hexdigest()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _open_faces(fonts_dir: Path, spec: IssueSpec, memory: Recall) -> Outcome[Faces]:
    """The faces of the roles in use; those that are open stay open while their files stay what they were."""
    roles, used_at = _roles_in_use(spec)
    made_from = (fonts_dir, on_disk(fonts_dir / CATALOG_NAME), roles, used_at)
    return memory.get("faces", made_from, partial(open_faces, fonts_dir, roles, used_at), _face_files)


def _face_files(opened: Outcome[Faces]) -> list[object]:
    return [on_disk(face.path) for face in opened.value.all()] if opened.value else [object()]


def _read_copy(
    issue_dir: Path, spec: IssueSpec, findings: Findings, memory: Recall
) -> tuple[Copy | None, dict[str, Outline], dict[str, tuple[int, int]]]:
    photos = [
        (region.spec.photo, region.spans.get("photo", region.span))
        for page in spec.pages
        for region in page.regions
        if hasattr(region.spec, "photo")
    ]
    read = read_copy(issue_dir, (), photos, frozenset(spec.house.copy.normalize), memory)
    findings.extend(read.diagnostics)
    arts: dict[str, Outline] = {}
    pixels: dict[str, tuple[int, int]] = {}
    documents = _documents(spec)
    for file, span in _art_files(spec).items():
        path = issue_dir / file
        if file.lower().endswith(_OUTLINES):
            outline = memory.get(("art", file), (_bytes(path), span), partial(read_art, path, file, span))
            findings.extend(outline.diagnostics)
            if outline.value is not None:
                arts[file] = outline.value
        elif file not in documents:
            size = read_picture_size(path, file, span)
            findings.extend(size.diagnostics)
            if size.value is not None:
                pixels[file] = size.value
    if read.value is not None:
        asked = {photo for photo, _ in photos}  # one that cannot be read was told with the reason
        stories = read.value.stories.keys() | _articles_of(read.diagnostics)
        findings.extend(check_stories(spec, stories, asked))
        for story in read.value.stories.values():
            findings.extend(memory.get(("intake", story.id), story, partial(check_copy, story)))
    return read.value, arts, pixels


def _read_adverts(issue_dir: Path, spec: IssueSpec, findings: Findings, memory: Recall) -> dict[str, Advert]:
    """The pages of PDFs that regions ask for, by their keys, each looked into once."""
    for region in (one for page in spec.pages for one in page.regions):
        written = [field for field in ("page", "box") if field in region.spans]
        if written and isinstance(region.spec, AdRegion) and advert_of(region) is None:
            findings.add("ad/page-of-no-pdf", region.spans[written[0]], file=region.files.get("art", ""))
    asked = {key: region for page in spec.pages for region in page.regions if (key := advert_of(region)) is not None}
    adverts: dict[str, Advert] = {}
    for key, region in asked.items():
        from layout_engine.adverts.reading import read_advert  # noqa: PLC0415  # start-up time: pikepdf

        path, span, wanted = issue_dir / region.files["art"], region.spans.get("art", region.span), region.spec
        assert isinstance(wanted, AdRegion)
        number = wanted.page if isinstance(wanted.page, int) else None
        box = wanted.box if isinstance(wanted.box, str) else None
        read = memory.get(
            ("advert", key),
            (on_disk(path), span),
            partial(read_advert, path, region.files["art"], span, number, box),
        )
        findings.extend(read.diagnostics)
        if read.value is not None:
            adverts[key] = read.value
    return adverts


def _check_pins(issue_dir: Path, spec: IssueSpec, findings: Findings, memory: Recall) -> None:
    """Whether the files that may not change are what the house says; where it keeps any, fixed art is to be one."""
    for file, pin in spec.pins.items():
        path = issue_dir / file
        now = memory.get(("pin", file), on_disk(path), partial(_hash, path))
        if pin.sha256 is None:
            findings.add("art/pin-empty", pin.span, file=file, sha256=now)
        elif pin.sha256 != now:
            findings.add("art/pin-differs", pin.span, file=file, pinned=pin.sha256, found=now)
    for region in (one for page in spec.pages for one in page.regions if spec.pins):
        file = region.files.get("art", "")
        if isinstance(region.spec, MastheadRegion) and file and file not in spec.pins:
            findings.add("art/not-pinned", region.spans.get("art", region.span), file=file)


def _articles_of(found: tuple[Diagnostic, ...]) -> set[str]:
    """The articles that these findings are about: one that cannot be read is there, and was told with the reason."""
    return {one.span.file[len("articles/") : -len(".md")] for one in found if one.span and _is_article(one.span.file)}


def _is_article(file: str) -> bool:
    return file.startswith("articles/") and file.endswith(".md")


def _art_files(spec: IssueSpec) -> dict[str, Span]:
    """Every file that a region places as art, with the first place that asks for it."""
    files: dict[str, Span] = {}
    for page in spec.pages:
        for region in page.regions:
            for field, file in region.files.items():
                files.setdefault(file, region.spans.get(field, region.span))
    return files


def _documents(spec: IssueSpec) -> frozenset[str]:
    """The files that regions place as pages of a PDF."""
    regions = (region for page in spec.pages for region in page.regions)
    return frozenset(region.files["art"] for region in regions if advert_of(region) is not None)


def _roles_in_use(spec: IssueSpec) -> tuple[list[str], dict[str, Span]]:
    """The face roles that the pages' regions lead to through their styles, and where each is asked for."""
    used: dict[str, Span] = {}
    for page in spec.pages:
        for region in page.regions:
            for path, names, name in marked_strings(region.spec):
                if names != "style" or name not in page.styles:
                    continue
                style = page.styles[name]
                used.setdefault(style.face, style.span)
                used.setdefault(style.emphasis, region.spans.get(path, region.span))
                used.setdefault(style.strong, region.spans.get(path, region.span))
    return list(used), used
