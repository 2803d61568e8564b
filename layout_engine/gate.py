"""The gate (关口): spec, copy and faces read, and every fault of all of them told together, before anything is set."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings, Span, has_errors
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.content.art import Outline, read_art
from layout_engine.content.intake import check_copy
from layout_engine.content.model import Copy
from layout_engine.content.picture_size import read_picture_size
from layout_engine.content.read import read_copy
from layout_engine.faces.catalog import read_catalog
from layout_engine.faces.fallback import Faces
from layout_engine.faces.opening import open_faces
from layout_engine.page.regions.kind import RegionKind
from layout_engine.spec.marks import marked_strings
from layout_engine.spec.read import read_issue
from layout_engine.spec.references import check_stories
from layout_engine.spec.resolved import IssueSpec

_OUTLINES = ".svg"  # art that is placed as outlines; any other is a picture


class Inputs(msgspec.Struct, frozen=True):
    """Everything that an issue is made of, read and checked."""

    spec: IssueSpec
    copy: Copy
    arts: Mapping[str, Outline]
    pixels: Mapping[str, tuple[int, int]]
    faces: Faces


class Reading(msgspec.Struct, frozen=True):
    """Stages 1 to 3: the inputs, or None where something is wrong; `unreadable` where there is no spec at all."""

    inputs: Inputs | None
    diagnostics: tuple[Diagnostic, ...]
    unreadable: bool = False


def read_inputs(issue_dir: Path, fonts_dir: Path, watch: Stopwatch, kinds: Sequence[RegionKind]) -> Reading:
    """The gate: spec, copy and faces read, and every fault of all of them told together."""
    with watch.stage("spec"):
        catalog = read_catalog(fonts_dir)
        roles = frozenset(catalog.value.roles) if catalog.value else None
        read = read_issue(issue_dir, roles, tuple(kind.spec for kind in kinds))
    spec = read.value
    if spec is None:
        return Reading(None, read.diagnostics, unreadable=True)
    findings = Findings()
    findings.extend(read.diagnostics)
    with watch.stage("copy"):
        copy, arts, pixels = _read_copy(issue_dir, spec, findings)
    with watch.stage("faces"):
        faces = open_faces(fonts_dir, *_roles_in_use(spec))
        findings.extend(faces.diagnostics)
    found = findings.all()
    if faces.value is None or copy is None or has_errors(found):
        return Reading(None, found)
    return Reading(Inputs(spec, copy, arts, pixels, faces.value), found)


def _read_copy(
    issue_dir: Path, spec: IssueSpec, findings: Findings
) -> tuple[Copy | None, dict[str, Outline], dict[str, tuple[int, int]]]:
    photos = [
        (region.spec.photo, region.spans.get("photo", region.span))
        for page in spec.pages
        for region in page.regions
        if hasattr(region.spec, "photo")
    ]
    read = read_copy(issue_dir, (), photos, frozenset(spec.house.copy.normalize))
    findings.extend(read.diagnostics)
    arts: dict[str, Outline] = {}
    pixels: dict[str, tuple[int, int]] = {}
    for file, span in _art_files(spec).items():
        if file.lower().endswith(_OUTLINES):
            outline = read_art(issue_dir / file, file, span)
            findings.extend(outline.diagnostics)
            if outline.value is not None:
                arts[file] = outline.value
        else:
            size = read_picture_size(issue_dir / file, file, span)
            findings.extend(size.diagnostics)
            if size.value is not None:
                pixels[file] = size.value
    if read.value is not None:
        findings.extend(check_stories(spec, read.value.stories.keys(), read.value.photos.keys()))
        for story in read.value.stories.values():
            findings.extend(check_copy(story))
    return read.value, arts, pixels


def _art_files(spec: IssueSpec) -> dict[str, Span]:
    """Every file that a region places as art, with the first place that asks for it."""
    files: dict[str, Span] = {}
    for page in spec.pages:
        for region in page.regions:
            for field, file in region.files.items():
                files.setdefault(file, region.spans.get(field, region.span))
    return files


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
