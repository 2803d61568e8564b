"""Set a story again as it would be after a change (重排验证), by the same functions that set the page.

Only what the change touches is composed again. A change fits where nothing of the story is over, no hole is left,
and none of the pages concerned has a finding, error or warning, that it did not have before.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome
from layout_engine.base.recall import Recall
from layout_engine.content.model import Part, Story
from layout_engine.fit.model import Verdict
from layout_engine.fit.rewriting import WAYS, Made, Rewrite, Way, paragraphs, rewritten
from layout_engine.gate import Inputs
from layout_engine.page.galley import Galley
from layout_engine.page.lay_out import Materials, lay_out_page
from layout_engine.page.model import Fullness, PageLayout, PlacedLine
from layout_engine.page.pour import Block
from layout_engine.page.regions.kind import RegionKind
from layout_engine.spec.files import Write
from layout_engine.spec.model_regions import ArticleRegion, BriefRegion, StoryRegion
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec, TextStyle
from layout_engine.typography.shape import shape_part

MOST_SETTINGS: Final = 240  # of one story; then no further way is tried
SETTINGS_AT_A_LOSS: Final = 80  # besides, for either kind of cut that is tried where nothing better was found
SETTINGS_TO_WIDEN: Final = 120  # besides, to see how much further the ways found reach

_OVER: Final = "page/overset"
_UNDER: Final = "page/underset"

_Writes = tuple[Write, ...]
_Found = Counter[tuple[str, tuple[tuple[str, str], ...]]]


class Draft(msgspec.Struct, frozen=True):
    """A change to try: of the story's paragraphs, of the spec, or of both."""

    rewrite: Rewrite = Rewrite()
    writes: _Writes = ()


class Setting(msgspec.Struct, frozen=True):
    """Pages laid out, and what was found on them."""

    pages: tuple[PageLayout, ...]
    diagnostics: tuple[Diagnostic, ...]


class Prover:
    """One story as it stands, and as it would stand after a change. `settings` counts how often it was set.

    Provers of several stories share a `recall`: what lies about them on their pages is composed once.
    """

    def __init__(self, inputs: Inputs, story: Story, kinds: Sequence[RegionKind], recall: Recall | None = None) -> None:
        self.story: Final = story
        self.made: Final[Made] = {}
        self.settings = 0
        self.most_settings = MOST_SETTINGS
        self._spoilt = WAYS[0]
        self.nearest: tuple[Draft, Verdict] | None = None  # what came nearest of all that was tried
        self._inputs = inputs
        self._kinds = kinds
        self._recall = recall or Recall()
        self._galley = Galley()
        self._reads: dict[_Writes, Outcome[IssueSpec]] = {}
        self._verdicts: dict[tuple[object, ...], Verdict] = {}
        self._before: dict[frozenset[str], _Found] = {}
        self.standing: Final = self._set(inputs.spec, story, frozenset())
        self.now: Final = self._judge(self.standing, frozenset())
        self._style: Final = self._body_style()
        self.measure: Final = self._measure()  # of most of its lines (su); 0 where none found a place

    def _body_style(self) -> TextStyle | None:
        """The style of the story's paragraphs where its text begins."""
        for page in self._inputs.spec.pages:
            for region in page.regions:
                spec = region.spec
                if isinstance(spec, StoryRegion | ArticleRegion | BriefRegion) and spec.story == self.story.id:
                    return page.styles.get(spec.style)
        return None

    def _lines(self) -> list[PlacedLine]:
        of_story = {part.key for part in paragraphs(self.story)}
        regions = (region for page in self.standing.pages for region in page.regions)
        return [one for region in regions for one in region.lines if one.paragraph.key in of_story]

    def _measure(self) -> int:
        counts = Counter(one.line.measure for one in self._lines())
        return max(counts, key=lambda one: (counts[one], one), default=0)

    def placed(self) -> frozenset[str]:
        """The keys of the paragraphs of which a line found a place, as the story stands."""
        return frozenset(one.paragraph.key for one in self._lines())

    def characters_a_line(self) -> int:
        """How many characters a line of the story holds; 0 where not a line of it found a place."""
        return self.measure // self._style.size_most if self._style else 0

    def lines(self, part: Part, instead: Part | None = None, *, least: bool) -> int:
        """How many lines a paragraph of the story takes by itself, or what stands `instead` of it; `least` if need be.

        No proof, for the page may ask for another setting: a good guess of where to look for one.
        """
        style = self._style
        if style is None or not self.measure:
            return 0
        read = instead or part
        make = partial(
            shape_part, read, style, style.size_most, self._inputs.faces, names=self._inputs.spec.house.names
        )
        block = Block(self._galley.shaped(read, style, make, Findings()), style)
        best = self._galley.settings.set(block, (self.measure,), 0)
        count = len(best.lines) if best else 0
        return count - bool(least and self._galley.settings.set(block, (self.measure,), -1))

    def verdict(self, draft: Draft, way: Way = WAYS[0]) -> Verdict:
        """How the story stands after the change, made in this way; as it does now if the spec forbids the change."""
        story = rewritten(self.story, draft.rewrite, way, self.made)
        key = (draft.writes, tuple((part.key, part.text) for part in story.parts))
        if key not in self._verdicts:
            spec = self._spec(draft.writes) if self.settings < self.most_settings else None
            if spec is None:
                self._verdicts[key] = msgspec.structs.replace(self.now, clean=False)
            else:
                written = frozenset(one.file for one in draft.writes)
                self._verdicts[key] = self._judge(self._set(spec, story, written), written)
                self._note(draft, self._verdicts[key])
        return self._verdicts[key]

    def _note(self, draft: Draft, verdict: Verdict) -> None:
        """Remember the change that spoils nothing and comes nearest."""
        off = verdict.lines_over or verdict.rows_under
        nearest = self.nearest[1] if self.nearest else self.now
        if verdict.clean and off < (nearest.lines_over or nearest.rows_under):
            self.nearest = draft, verdict

    def proved(self, draft: Draft, ways: Sequence[Way] = WAYS) -> Verdict | None:
        """How the story stands at worst after the change, in whichever way it is made; None where one does not fit."""
        found: list[Verdict] = []
        for way in self._in_order(draft, ways):
            found.append(self.verdict(draft, way))
            if not found[-1].fits:
                self._spoilt = way
                return None
        return max(found, key=lambda one: one.rows_under)

    def _in_order(self, draft: Draft, ways: Sequence[Way]) -> tuple[Way, ...]:
        """The ways in which the change may be made; the one that failed last comes first, as the likelier to fail."""
        if not draft.rewrite.cuts and not draft.rewrite.adds:
            return WAYS[:1]
        return (self._spoilt, *(way for way in ways if way != self._spoilt))

    @property
    def fullness(self) -> Fullness:
        """How far the story is over or under as it stands, in all its regions together."""
        mine = self._mine(self.standing)
        return Fullness(
            self.story.id,
            sum(one.lines_over for one in mine),
            sum(one.characters_over for one in mine),
            sum(one.rows_under for one in mine),
            sum(one.characters_under for one in mine),
        )

    def _spec(self, writes: _Writes) -> IssueSpec | None:
        """The spec as it is read with these writes; None where it has a finding that it does not have without."""
        if not writes:
            return self._inputs.spec
        read, plain = self._read(writes), self._read(())
        same = read.value is not None and read.value.hashes == self._inputs.spec.hashes  # nobody wrote meanwhile
        return read.value if same and not _serious(read.diagnostics) - _serious(plain.diagnostics) else None

    def _read(self, writes: _Writes) -> Outcome[IssueSpec]:
        if writes not in self._reads:
            structs = tuple(kind.spec for kind in self._kinds)
            self._reads[writes] = read_issue(Path(self._inputs.spec.root), None, structs, writes)
        return self._reads[writes]

    def _set(self, spec: IssueSpec, story: Story, written: frozenset[str]) -> Setting:
        """The pages that the story stands on, and those of the files `written`, laid out."""
        self.settings += 1
        inputs = self._inputs
        copy = msgspec.structs.replace(inputs.copy, stories={**inputs.copy.stories, story.id: story})
        materials = Materials(
            copy, inputs.arts, inputs.pixels, inputs.faces, spec.house.names, self._galley, inputs.adverts
        )
        pages: list[PageLayout] = []
        found: list[Diagnostic] = []
        for page in spec.pages:
            if page.source in written or any(getattr(one.spec, "story", None) == story.id for one in page.regions):
                laid_out = lay_out_page(page, materials, self._kinds, self._recall)
                found += laid_out.diagnostics
                if laid_out.value is not None:
                    pages.append(laid_out.value)
        return Setting(tuple(pages), tuple(found))

    def _mine(self, setting: Setting) -> list[Fullness]:
        regions = (region for page in setting.pages for region in page.regions)
        return [one for region in regions for one in region.fullness if one.story == self.story.id]

    def _judge(self, setting: Setting, written: frozenset[str]) -> Verdict:
        mine = self._mine(setting)
        hole = any(one.code == _UNDER and self._is_of_story(one) for one in setting.diagnostics)
        others = [one for one in setting.diagnostics if one.code not in (_OVER, _UNDER) or not self._is_of_story(one)]
        clean = not _serious(others) - self._found_before(written)
        return Verdict(sum(one.lines_over for one in mine), sum(one.rows_under for one in mine), hole, clean)

    def _is_of_story(self, finding: Diagnostic) -> bool:
        return ("story", self.story.id) in finding.values

    def _found_before(self, written: frozenset[str]) -> _Found:
        """What stands on the pages without the change, also on those that only the spec's part of it concerns."""
        if written not in self._before:
            setting = self._set(self._inputs.spec, self.story, written) if written else self.standing
            self._before[written] = _serious(setting.diagnostics)
        return self._before[written]


def first_near(near: int, low: int, high: int, test: Callable[[int], bool]) -> int | None:
    """The least number from `low` to `high` that passes, looked for from `near` on in wider and wider steps."""
    here, step = min(max(near, low), high), 1
    if low > high or not (test(here) or test(high)):
        return None
    if test(here):
        while here - step >= low and test(here - step):
            here, step = here - step, step * 2
        return first_true(max(low, here - step + 1), here, test)
    while not test(here):
        low, here, step = here + 1, min(high, here + step), step * 2
    return first_true(low, here, test)


def first_true(low: int, high: int, test: Callable[[int], bool]) -> int | None:
    """The least number from `low` to `high` that passes, by halving; None where `high` does not."""
    if low > high or not test(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if test(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _serious(diagnostics: Iterable[Diagnostic]) -> _Found:
    """The errors and warnings, without their places, which move when words come or go."""
    return Counter((one.code, one.values) for one in diagnostics if one.severity != "info")
