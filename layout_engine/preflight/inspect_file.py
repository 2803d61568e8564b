"""The check of one file, from opening to the report (印前检查). This is the only door of the package.

Objects first, then page after page, each dropped when it is done, so that memory does not grow with their number.
Nothing here raises for a bad file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pikepdf

from layout_engine.base.diagnostics import Outcome
from layout_engine.pdf.profile import Profile
from layout_engine.preflight.document import Document, LockedError, PageView, UnreadableError, listening
from layout_engine.preflight.findings import Finding, Found, Spot, Standard, Tally, from_trim
from layout_engine.preflight.interpreter import Budget, Interpreter, SpentError
from layout_engine.preflight.limits import MAX_KEPT, MAX_OPERATORS
from layout_engine.preflight.painted import ContentRead, Event, Group, Image, Painted, Shading, Text, Trouble
from layout_engine.preflight.painted import Path as PaintedPath
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.raw import object_number
from layout_engine.preflight.rule import Sees
from layout_engine.preflight.rules.every import RULES
from layout_engine.preflight.rules.metadata import version_key

_SEES: Final[dict[type, Sees]] = {
    Text: "text",
    PaintedPath: "path",
    Image: "image",
    Shading: "shading",
    Group: "group",
    Trouble: "trouble",
    ContentRead: "content",
}
_STRUCTURE: Final = "PR-02"
_CLAIMS_X1A: Final = ("PDF/X-1a", "PDF/X-1:")  # of 2001 the key is PDF/X-1:2001, the conformance PDF/X-1a:2001
_STANDARDS: Final[dict[str, Standard]] = {"PDF/X-4": "X4", "PDF/X-1a:2003": "X1a"}


class PreflightReport(msgspec.Struct, frozen=True):
    """What became of the check. `pages` is 0 where the file cannot be read."""

    profile: str
    pages: int
    size: int
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing found is an error."""
        return all(one.diagnostic.severity != "error" for one in self.findings)


def preflight(source: Path | bytes, profile: Profile, file_name: str | None = None) -> Outcome[PreflightReport]:
    """Check a PDF, by its path or its bytes, against the rules of the standard and the numbers of `profile`.

    `file_name` is the name under which bytes are to lie on the disk.
    """
    standard = standard_of(profile)
    tally = Tally()
    pages = size = 0
    try:
        with listening() as heard, Document(source, file_name) as document:
            pages, size = document.page_count, document.ends.size
            _Check(document, profile, standard, tally, heard).run()
    except LockedError:
        tally.add("PR-04", "preflight/locked", None, None, None, {})
    except UnreadableError as error:
        tally.add(_STRUCTURE, "preflight/unreadable", None, None, None, {"reason": error})
    found = tally.all()
    report = PreflightReport(profile.name, pages, size, found)
    return Outcome(report, tuple(one.diagnostic for one in found))


def standard_of(profile: Profile) -> Standard:
    """Which standard a profile claims; a proof claims none."""
    return _STANDARDS.get(profile.conformance or "", "proof")


def claimed_standard(source: Path | bytes) -> Standard | None:
    """The standard that a file says it keeps; None where it says none, or cannot be read."""
    try:
        with Document(source) as document:
            version = version_key(document)
    except (LockedError, UnreadableError):
        return None
    return "X1a" if version.startswith(_CLAIMS_X1A) else "X4" if version.startswith("PDF/X-4") else None


class _Check:
    """The rules that hold for the profile, called with what they see."""

    def __init__(
        self, document: Document, profile: Profile, standard: Standard, tally: Tally, heard: list[str]
    ) -> None:
        self._document = document
        self._heard = heard
        self._rules: dict[Sees, list[tuple[Any, Found]]] = {}
        self._tally = tally
        for rule in RULES:
            if standard in rule.holds:
                found = Found(rule.number, tally, document, profile, standard)
                self._rules.setdefault(rule.sees, []).append((rule.check, found))
        self._founds = [found for rules in self._rules.values() for _, found in rules]

    def run(self) -> None:
        document = self._document
        budget = Budget(MAX_OPERATORS)
        self._guarded("document", document)
        if document.is_too_large:
            self._stop("objects")
        try:
            for page in document.pages():
                self._page(page, budget)
                document.fonts.tidy()
        except SpentError:
            self._stop("operators")
        except pikepdf.PdfError as error:
            self._damaged(error)
        for found in self._founds:
            found.page = None
        try:
            for met in document.objects():
                for check, found in self._rules.get("object", ()):
                    check(met, found)
        except pikepdf.PdfError as error:
            self._damaged(error)
        for font in document.fonts.all():
            self._guarded("font", font)
            font.let_go()
        warnings = (*document.warnings(), *self._heard)
        if warnings:
            what = warnings[0].rpartition(": ")[2][:100]
            self._tally.add(_STRUCTURE, "preflight/mended", None, None, None, {"what": what, "count": len(warnings)})

    def _page(self, page: PageView, budget: Budget) -> None:
        for found in self._founds:
            found.page = page
        self._guarded("page", page)
        kept: list[Painted | Group] = []
        cut_short = troubled = False
        for event in self._events(page, budget):
            for check, found in self._rules.get(_SEES[type(event)], ()):
                check(event, found)
            troubled = troubled or isinstance(event, Trouble)
            if not isinstance(event, (Trouble, ContentRead)):
                self._note_place(event, page)
                if len(kept) < MAX_KEPT:
                    kept.append(event)
                else:
                    cut_short = True
        self._guarded("painted page", PaintedPage(page, tuple(kept), cut_short, troubled))

    def _note_place(self, event: Painted | Group, page: PageView) -> None:
        """Where the objects behind something painted are first seen, for findings that know nothing but the object."""
        numbers = [event.where.object]
        if isinstance(event, Text):
            numbers += event.font.objects
        elif isinstance(event, Image) and event.raw is not None:
            numbers.append(object_number(event.raw))
        painted = self._tally.painted
        for number in numbers:
            if number is not None and number not in painted and number != page.object:
                painted[number] = Spot(page.number, from_trim(event.box, page))

    def _events(self, page: PageView, budget: Budget) -> Iterator[Event]:
        return Interpreter(self._document.fonts, budget).page(page.raw, page.number, page.resources)

    def _guarded(self, sees: Sees, subject: object) -> None:
        """Call the rules; an object that qpdf cannot read is a finding, and the other rules go on."""
        for check, found in self._rules.get(sees, ()):
            try:
                check(subject, found)
            except pikepdf.PdfError as error:
                self._damaged(error)

    def _damaged(self, error: Exception) -> None:
        values: dict[str, object] = {"what": str(error).rpartition(": ")[2][:100], "count": 1}
        self._tally.add(_STRUCTURE, "preflight/mended", None, None, None, values)

    def _stop(self, what: str) -> None:
        words = {"objects": "对象或页", "operators": "绘图指令"}
        values: dict[str, object] = {"what_zh": words[what], "what_en": what}
        self._tally.add(_STRUCTURE, "preflight/too-much", None, None, None, values)
