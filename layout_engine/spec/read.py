"""Read an issue's spec (读版样): issue file, house file and page files, every fault of all of them in one run."""

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

import msgspec

from layout_engine.base.diagnostics import Findings, Outcome, Span, in_order
from layout_engine.base.nearest import nearest
from layout_engine.base.yaml_nodes import Path, YamlDocument
from layout_engine.spec import furniture
from layout_engine.spec.calendar import FIRST_YEAR, LAST_YEAR, read_date
from layout_engine.spec.files import IssueFolder, Write
from layout_engine.spec.guarding import resolve_guarding
from layout_engine.spec.jumps import link_jumps
from layout_engine.spec.model import House, Issue, Page
from layout_engine.spec.model_regions import REGION_KINDS, RegionSpec
from layout_engine.spec.pins import read_pins
from layout_engine.spec.places import Written
from layout_engine.spec.printer import resolve_output
from layout_engine.spec.resolve import Context, HouseFile, IssueFile, PageFile, check_house, resolve_page
from layout_engine.spec.resolved import IssueSpec, PageSpec
from layout_engine.spec.styles import Layer
from layout_engine.spec.typed import convert_written

ISSUE_FILE = "issue.yaml"
Kinds = tuple[type[RegionSpec], ...]


def read_issue(
    issue_dir: FilePath,
    roles: frozenset[str] | None = None,
    region_kinds: Kinds = REGION_KINDS,
    writes: Sequence[Write] = (),
    profile: str | None = None,
) -> Outcome[IssueSpec]:
    """The issue in the folder `issue_dir`, with every fault found in its files.

    `roles` are the face roles that fonts.yaml fills; None asks nothing about them. Pages that cannot be placed
    at all are not among the value's pages; the value is None where the issue or the house cannot be read.
    With `writes`, the issue is read as if they had been made. `profile` takes the place of the house's: a name, or
    the file of a printer's own, from the working directory.
    """
    found = Findings()
    spec = _read(IssueFolder(str(issue_dir), found, writes), roles, region_kinds, profile, found)
    return Outcome(spec, in_order(found.all()))


def read_issue_date(issue_dir: FilePath) -> Outcome[str]:
    """The date of an issue, whatever else may be wrong with it: enough to find what was kept of it."""
    found = Findings()
    folder = IssueFolder(str(issue_dir), found)
    document = _issue_file(folder, found)
    if document is None:
        return Outcome(None, in_order(found.all()))
    written = document.value.get("date") if isinstance(document.value, dict) else None
    if isinstance(written, str) and read_date(written) is not None:
        return Outcome(written)
    _issue(document, folder, found)  # it says what is wrong
    return Outcome(None, in_order(found.all()))


def _read(
    folder: IssueFolder, roles: frozenset[str] | None, kinds: Kinds, profile: str | None, found: Findings
) -> IssueSpec | None:
    document = _issue_file(folder, found)
    if document is None:
        return None
    issue = _issue(document, folder, found)
    house = _house(issue, folder, found) if issue else None
    pages = _pages(issue, folder, kinds, found) if issue else []
    if issue is None or house is None:
        return None
    output = resolve_output(house.house.output, house.document, profile, folder, found)
    context = Context(house, issue, output, folder, roles, found)
    check_house(context)
    _check_page_numbers(pages, found)
    _check_page_order(issue, pages, found)
    resolved = [page for file in pages if (page := resolve_page(file, context))]
    _check_file_names(resolved, output.file_names.span(0), found)
    hashes = dict(sorted(folder.hashes.items()))
    complete = _is_complete(issue.issue, pages, resolved)
    linked = link_jumps(resolved, complete, found)
    pins = read_pins(house.house, house.document, folder, found)
    guarding = resolve_guarding(house.house, house.document, issue.issue, issue.document)
    return IssueSpec(folder.root, house.house, issue.issue, output, linked, hashes, pins, complete, guarding)


def _issue_file(folder: IssueFolder, found: Findings) -> YamlDocument | None:
    if not os.path.isfile(os.path.join(folder.root, ISSUE_FILE)):
        found.add("spec/no-issue", Span(ISSUE_FILE), folder=os.path.basename(os.path.abspath(folder.root)))
        return None
    return folder.read(ISSUE_FILE)


def _is_complete(issue: Issue, pages: list[PageFile], resolved: list[PageSpec]) -> bool:
    """Whether every page and region that was written came through."""
    written = sum(len(file.document.value["regions"]) for file in pages)
    return len(issue.pages) == len(resolved) and written == sum(len(page.regions) for page in resolved)


def _issue(document: YamlDocument, folder: IssueFolder, found: Findings) -> IssueFile | None:
    issue, _ = convert_written(document, (), document.value, Issue, found)
    if issue is None:
        return None
    day = read_date(issue.date)
    if day is None:
        span = document.span(("date",))
        found.add("spec/no-such-day", span, date=issue.date, first=FIRST_YEAR, last=LAST_YEAR)
    else:
        name = os.path.basename(os.path.realpath(folder.root))
        furniture.check_issue(issue, day, document, name, found)
    return IssueFile(issue, document, day)


def _house(issue: IssueFile, folder: IssueFolder, found: Findings) -> HouseFile | None:
    label = folder.locate(issue.issue.house, ISSUE_FILE, issue.document.span(("house",)), "issues")
    document = folder.read(label) if label else None
    if document is None:
        return None
    house, left_out = convert_written(document, (), document.value, House, found)
    if house is None:
        return None
    return HouseFile(house, document, Layer(document, house.styles, house.inks, (house,), left_out))


def _pages(issue: IssueFile, folder: IssueFolder, kinds: Kinds, found: Findings) -> list[PageFile]:
    pages = []
    for at, name in enumerate(issue.issue.pages):
        label = folder.locate(name, ISSUE_FILE, issue.document.span(("pages", at)), "issue")
        document = folder.read(label) if label else None
        page = _page(document, kinds, found) if document else None
        if page:
            pages.append(page)
    if not issue.issue.pages and ("pages",) not in issue.document.refused:
        found.add("spec/no-pages", issue.document.span(("pages",)))
    return pages


def _page(document: YamlDocument, kinds: Kinds, found: Findings) -> PageFile | None:
    value = document.value
    written = value.get("regions") if isinstance(value, dict) else None
    frame = {**value, "regions": []} if isinstance(written, list) else value
    page, left_out = convert_written(document, (), frame, Page, found)
    regions, broken = _regions(written if isinstance(written, list) else [], document, kinds, found)
    if page is None:
        return None
    layer = Layer(document, page.styles, page.inks, (), left_out)
    return PageFile(page, document, layer, tuple(regions), frozenset(broken))


def _regions(
    values: list[Any], document: YamlDocument, kinds: Kinds, found: Findings
) -> tuple[list[Written], set[str]]:
    """The regions that are whole, each held against the schema of its own kind, and the ids of the others."""
    by_name = {str(kind.__struct_config__.tag): kind for kind in kinds}
    regions: list[Written] = []
    broken: set[str] = set()
    first: dict[str, Span] = {}
    for at, value in enumerate(values):
        path: Path = ("regions", at)
        one = _region(value, document, path, by_name, found)
        name = value.get("id") if isinstance(value, dict) else None
        if not isinstance(name, str):
            continue
        span = document.span((*path, "id"))
        if name in first:
            found.add("spec/duplicate-id", span, related=(first[name],), id=name, line=first[name].line)
            continue
        first[name] = span
        if one is None:
            broken.add(name)
        else:
            regions.append(one)
    return regions, broken


def _region(
    value: Any, document: YamlDocument, path: Path, by_name: Mapping[str, type[RegionSpec]], found: Findings
) -> Written | None:
    if path in document.refused:
        return None
    if not isinstance(value, dict):
        found.add("spec/region-form", document.span(path))
        return None
    kind = value.get("kind")
    if (*path, "kind") in document.refused:
        return None
    if "kind" not in value:
        found.add("spec/no-kind", document.span(path), known=", ".join(by_name))
        return None
    struct = by_name.get(kind) if isinstance(kind, str) else None
    if struct is None:
        near = _nearest_kind(str(kind), by_name)
        term = _term(by_name[near]) if near else ""
        span = document.span((*path, "kind"))
        found.add("spec/unknown-kind", span, kind=str(kind)[:30], nearest=near, term=term, known=", ".join(by_name))
        return None
    spec, left_out = convert_written(document, path, value, struct, found)
    if spec is None:
        return None
    return Written(spec, document, path, faulty=any(len(one) == len(path) + 1 for one in left_out))


def _nearest_kind(word: str, by_name: Mapping[str, type[RegionSpec]]) -> str:
    """The kind that a word most likely meant; the Chinese term counts too."""
    terms = {_term(struct): name for name, struct in by_name.items()}
    return terms.get(word) or nearest(word, by_name)


def _term(struct: type[msgspec.Struct]) -> str:
    """The trade's word for a kind, which its docstring starts with."""
    return (struct.__doc__ or "").replace(":", " ").partition(" ")[0]


def _check_page_numbers(pages: list[PageFile], found: Findings) -> None:
    first: dict[int, Span] = {}
    for file in pages:
        span = file.document.span(("page",))
        number = file.page.page
        if number in first:
            found.add("spec/duplicate-page", span, related=(first[number],), page=number, first=first[number])
        else:
            first[number] = span


def _check_page_order(issue: IssueFile, pages: list[PageFile], found: Findings) -> None:
    """Pages are listed in the order of their numbers, without a gap, as far as all of them could be read."""
    if len(pages) != len(issue.issue.pages):
        return
    for at, (before, after) in enumerate(pairwise(pages), start=1):
        first, second = before.page.page, after.page.page
        if second < first:
            span, related = issue.document.span(("pages", at)), (after.document.span(("page",)),)
            found.add("spec/page-order", span, related=related, page=second, before=first)
    by_number = sorted(enumerate(pages), key=lambda one: one[1].page.page)
    for (_, before), (at, after) in pairwise(by_number):
        first, second = before.page.page, after.page.page
        if second > first + 1:
            span, related = issue.document.span(("pages", at)), (after.document.span(("page",)),)
            missing = str(first + 1) if second == first + 2 else f"{first + 1}-{second - 1}"
            found.add("spec/page-gap", span, related=related, page=second, before=first, missing=missing)


def _check_file_names(pages: list[PageSpec], pattern: Span, found: Findings) -> None:
    """Two pages may not be written to one file; pages of one number were told already."""
    first: dict[str, PageSpec] = {}
    for page in pages:
        other = first.setdefault(page.file_name.casefold(), page)
        if page.file_name and other.number != page.number:
            found.add(
                "spec/file-name-twice",
                pattern,
                name=page.file_name,
                page=page.number,
                other=other.number,
            )
