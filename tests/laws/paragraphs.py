"""十万段: newspaper paragraphs in every measure and style, each line held against the standard by rules told anew.

    python -m tests.laws.paragraphs 100000            # on all cores
    python -m tests.laws.paragraphs 100000 --processes 1

What may not stand at a line's edge, what may not be divided and in which order a line gives way are declared here and
in tests/clreq/forbidden.py, from the standard and not from the engine. The run prints what it broke, how evenly it is
set, and its worst line.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from os import cpu_count
from time import perf_counter
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.spec.resolved import LineRules, TextStyle
from layout_engine.spec.rule_styles import RULE_STYLES
from layout_engine.typography import set_paragraph
from layout_engine.typography.breaker import break_paragraph
from layout_engine.typography.edges import ALLOWED, HARMS_SENSE
from layout_engine.typography.justify import Stretch, set_line
from layout_engine.typography.model import SetLine, ShapedParagraph
from layout_engine.typography.shape import shape_part
from tests.clreq.forbidden import forbidden_first, forbidden_last, units
from tests.kit.newspaper import newspaper_paragraph
from tests.laws.tally import Fault, Loose, Tally, summary
from tests.typography.setting import EM, faces, part, style

MEASURES: Final = range(8, 31)
STYLES: Final = tuple(RULE_STYLES)
_BUNDLE: Final = 250
_DOOR: Final = 97  # every so many paragraphs are set through set_paragraph too
_SHOWN: Final = 5

_EIGHTH, _QUARTER, _HALF = EM // 8, EM // 4, EM // 2
_BRACKETS: Final = frozenset("“”‘’「」『』（）〔〕［］｛｝《》〈〉【】〖〗")
_OPENS: Final = frozenset("“‘「『（〔［｛《〈【〖")
_COMMAS: Final = frozenset("，、；")
_STOPS: Final = frozenset("。．？！：")
_BANGS: Final = frozenset("？！")
_SPACES: Final = frozenset(" 　\u2060\u200b")
_STEPS: Final = range(2, 7)  # of TY-51; step 1 is the trim of the line's end
_PUSH_IN: Final = {"all": frozenset(_STEPS), "not-stops": frozenset((2, 3, 4, 5)), "spaces": frozenset((2, 5))}


def check_paragraph(number: int, tally: Tally) -> None:
    """Set paragraph `number` in one measure and style, and hold every line of it against the laws."""
    text = newspaper_paragraph(number)
    measure = MEASURES[number * 7 % len(MEASURES)]
    name = STYLES[number // 3 % len(STYLES)] if number % 2 else "gb"
    indent = 2 * EM if number % 3 else 0
    shaped = shape_part(part(text), _style(name), EM, faces(), Findings())
    broken = break_paragraph(shaped, [measure * EM], indent=indent)
    if broken is None:
        raise AssertionError("the best setting of a paragraph always exists")
    _Checked(number, text, measure, name, shaped, broken.lines, indent, tally).check()
    if number % _DOOR == 0:
        _check_door(text, measure, name, shaped, number, tally)


@cache
def _style(name: str) -> TextStyle:
    return msgspec.structs.replace(style(), rules=RULE_STYLES[name])


def _check_door(text: str, measure: int, name: str, shaped: ShapedParagraph, number: int, tally: Tally) -> None:
    """set_paragraph gives the lines of the page."""
    broken = break_paragraph(shaped, [measure * EM])
    lines = broken.lines if broken else ()
    door = set_paragraph(text, measure, name)
    wanted = [[round(one / EM * 1000) for one in line.advances] for line in lines]
    if [[round(one * 1000) for _, one in line.advances] for line in door] != wanted:
        tally.faults.append(Fault("set_paragraph sets as the page does", number, measure, name, text))
    tally.counts["set_paragraph"] += 1


class _Checked:
    """One paragraph's lines on their way through the laws."""

    def __init__(
        self,
        number: int,
        text: str,
        measure: int,
        name: str,
        shaped: ShapedParagraph,
        lines: Sequence[SetLine],
        indent: int,
        tally: Tally,
    ) -> None:
        self.number = number
        self.text = text
        self.measure = measure
        self.name = name
        self.rules: LineRules = RULE_STYLES[name]
        self.shaped = shaped
        self.lines = lines
        self.indent = indent
        self.tally = tally
        self.inside = {place for start, end in units(text) for place in range(start + 1, end)}

    def check(self) -> None:
        self.tally.counts["paragraphs"] += 1
        self.tally.counts["characters"] += len(self.text)
        self._nothing_lost()
        before = 0
        for line in self.lines:
            self._edges(line)
            self._fill(line)
            changes = self._changes(line)
            self._give(line, changes)
            least, most = min(changes, default=0), max(changes, default=0)
            fitness = -1 if least < 0 else 1 if most > 0 else 0
            if least < 0 < most:
                self._fault("no line is both squeezed and stretched", line)
            self._count(line, fitness, before)
            before = fitness
        self._last_line()

    def _fault(self, law: str, line: SetLine) -> None:
        self.tally.faults.append(Fault(law, self.number, self.measure, self.name, self._shown(line)))

    def _shown(self, line: SetLine) -> str:
        return self.text[self.shaped.starts[line.start] : self.shaped.starts[line.drawn]]

    def _nothing_lost(self) -> None:
        starts = self.shaped.starts
        tiled = self.lines[0].start == 0 and self.lines[-1].end == len(self.shaped)
        tiled = tiled and all(above.end == below.start for above, below in pairwise(self.lines))
        dropped = "".join(self.text[starts[line.drawn] : starts[line.end]] for line in self.lines)
        if not tiled or not _SPACES.issuperset(dropped):
            self._fault("nothing is lost but spaces at a line's end", self.lines[0])

    def _edges(self, line: SetLine) -> None:
        """TY-30, TY-31, TY-35, TY-36: at the break before this line."""
        if not line.start:
            return
        at = self.shaped.starts[line.start]
        above = self.lines[self.lines.index(line) - 1]
        if self.shaped.breaks[line.start - 1] < HARMS_SENSE:
            self.tally.counts["last resorts"] += 1
            if not above.last_resort:
                self._fault("a last resort is told", above)
            if not self._too_wide_a_unit(line.start):
                self._fault("a last resort is taken only where a unit is wider than its line", above)
            return
        if forbidden_first(self.text, at, self.rules.level):
            self._fault("no line starts with a forbidden mark", line)
        if forbidden_last(self.text, self.shaped.starts[above.drawn], self.rules.level):
            self._fault("no line ends with a forbidden mark", above)
        if at in self.inside:
            self._fault("no unit is divided", above)

    def _too_wide_a_unit(self, place: int) -> bool:
        """TY-35: whether what is divided at this place could not have stood on a line of its own."""
        breaks = self.shaped.breaks
        start = next((at + 1 for at in range(place - 2, -1, -1) if breaks[at] >= HARMS_SENSE), 0)
        end = next((at + 1 for at in range(place, len(breaks)) if breaks[at] >= HARMS_SENSE), len(breaks))
        alone = self._set(start, end)
        return alone.width > alone.measure

    def _set(self, start: int, end: int) -> SetLine:
        """These clusters on a line, squeezed as far as they can be where they are too long."""
        indent = 0 if start else self.indent
        return set_line(self.shaped, Stretch(start, end), self.measure * EM, indent, fill=False)

    def _fill(self, line: SetLine) -> None:
        """TY-50, in whole su."""
        if line.width != line.indent + sum(line.advances):
            self._fault("a line is as wide as its advances", line)
        if line.measure != self.measure * EM or line.width > line.measure:
            self._fault("no line overruns its measure", line)
        if not line.last and line.width != line.measure and not self._is_rigid(line):
            self._fault("every justified line is exactly full", line)

    def _is_rigid(self, line: SetLine) -> bool:
        """TY-45, TY-52: whether nothing in the line may be opened, and that is told."""
        opens = any(any(row[line.start : line.drawn - 1]) for row in self.shaped.stretches)
        return line.last_resort and not opens

    def _changes(self, line: SetLine) -> list[int]:
        """What fitting gave each cluster: its advance less the natural one with the line's edges trimmed."""
        natural = list(self.shaped.advances[line.start : line.drawn])
        if natural:
            natural[0] -= self.shaped.edge[line.start][0]
            natural[-1] -= self.shaped.edge[line.drawn - 1][1]
        return [advance - free for advance, free in zip(line.advances, natural, strict=True)]

    def _give(self, line: SetLine, changes: list[int]) -> None:
        """TY-51: who may give, how much, and in which order; TY-22."""
        if min(changes, default=0) >= 0:
            return
        taken: Counter[int] = Counter()
        room: Counter[int] = Counter()
        for at, change in enumerate(changes):
            step, most = self._room(line, at)
            if step not in _PUSH_IN[self.rules.push_in]:
                step, most = 0, 0
            taken[step] -= change
            room[step] += most
            if -change > most:
                self._fault("nothing gives more than TY-51 allows", line)
        if taken[0]:
            self._fault("Han, western and digits are rigid", line)
        for step in _STEPS:
            if taken[step] < room[step] and any(taken[later] for later in range(step + 1, 7)):
                self._fault("a step of squeezing is used up before the next", line)

    def _room(self, line: SetLine, at: int) -> tuple[int, int]:
        """The step of TY-51 at which cluster `at` of the line gives, and how much."""
        i = line.start + at
        start = self.shaped.starts[i]
        c = self.text[start]
        before, after = self.text[:start], self.text[self.shaped.starts[i + 1] :]
        if c == " ":
            if before.endswith(" ") and any(map(_may_be_western, (before.rstrip(" ")[-1:], after.lstrip(" ")[:1]))):
                return 0, 0  # beside western, several spaces are as one, and it is the first (TY-43)
            after = after.lstrip(" ")
        before, after = before[-1:], after[:1]
        natural = self.shaped.advances[i]
        trimmed = (at == 0 and self.shaped.edge[i][0]) or (i == line.drawn - 1 and self.shaped.edge[i][1])
        if c in _BRACKETS or c in _COMMAS or c in _STOPS:
            step = 3 if c in _BRACKETS else 4 if c in _COMMAS else 6
            in_run = c in _BANGS and (before in _BANGS or after in _BANGS) and bool(before or after)
            return step, 0 if trimmed or in_run else max(0, natural - _HALF)
        if i == line.drawn - 1:
            return 0, 0
        if c == " " and _may_be_western(before) and _may_be_western(after):
            return 2, max(0, natural - _QUARTER)
        if c == " " and natural == _QUARTER:
            return 5, _QUARTER - _EIGHTH
        if (_is_han(c) and _is_western(after)) or (_is_western(c) and _is_han(after)):
            return 5, _QUARTER - _EIGHTH
        return 0, 0

    def _last_line(self) -> None:
        """TY-56, TY-62."""
        line = self.lines[-1]
        if max(self._changes(line), default=0) > 0:
            self._fault("the last line is never stretched", line)
        if _counts_as_two(self._shown(line)) or len(self.lines) == 1:
            return
        self.tally.counts["runts"] += 1
        if self.rules.avoids_runts and self._repairable():
            self._fault("a runt is left only where the line above cannot mend it", line)

    def _repairable(self) -> bool:
        """TY-62: whether the rest goes into the line above, or units of that down at an eighth of an em a joint."""
        above, last = self.lines[-2:]
        starts = self.shaped.starts
        together = self._set(above.start, last.end)
        if together.width <= together.measure:
            return True
        for place in range(above.drawn - 1, above.start, -1):
            moved = self.text[starts[place] : starts[last.end]]
            if self.shaped.breaks[place - 1] < ALLOWED or not _counts_as_two(moved):
                continue
            rest = self._set(place, last.end)
            if rest.width > rest.measure:
                return False
            opened = set_line(self.shaped, Stretch(above.start, place), above.measure, above.indent, fill=True)
            return opened.width == opened.measure and opened.spread <= _EIGHTH
        return False

    def _count(self, line: SetLine, fitness: int, before: int) -> None:
        if line.last or line.last_resort:
            return
        for counts in (self.tally.counts, self.tally.by_measure[self.measure]):
            counts["justified"] += 1
            counts["squeezed"] += fitness < 0
            counts["natural"] += fitness == 0
            counts["above an eighth"] += line.spread > _EIGHTH
            counts["above a quarter"] += line.spread > _QUARTER
            counts["squeezed beside stretched"] += before * fitness < 0
        opened = max(0, line.spread)
        self.tally.spread += opened
        self.tally.by_measure[self.measure]["spread"] += opened
        self.tally.see(Loose(opened, self.number, self.measure, self.name, self._shown(line)))


def _is_han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff" or c in ("〇", "①", "②", "Ⅲ", "々")


def _may_be_western(c: str) -> bool:
    return (c.isascii() and c.strip() != "") or (c != "" and c in "“”‘’±°‰€")  # TY-02: quotes inside a western phrase


def _is_western(c: str) -> bool:
    return c.isascii() and c.isalnum()


def _counts_as_two(text: str) -> bool:
    return sum(map(_is_han, text)) >= 2 or any(map(_is_western, text))


def run(numbers: Iterator[int] | range) -> Tally:
    """The paragraphs of these numbers, checked."""
    tally = Tally(MEASURES)
    for number in numbers:
        check_paragraph(number, tally)
    return tally


def run_on_all_cores(count: int, processes: int) -> Tally:
    """Paragraphs 0 to `count`, in bundles over several processes."""
    bundles = [range(first, min(first + _BUNDLE, count)) for first in range(0, count, _BUNDLE)]
    if processes == 1:
        results = map(run, bundles)
        return _sum(results)
    with get_context("spawn").Pool(processes) as pool:
        return _sum(pool.imap_unordered(run, bundles))


def _sum(results: Iterator[Tally]) -> Tally:
    total = Tally(MEASURES)
    for one in results:
        total.add(one)
    return total


def main(words: list[str]) -> int:
    """Run and print; 1 where a law is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.laws.paragraphs")
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--processes", type=int, default=cpu_count() or 1)
    given = parser.parse_args(words)
    begin = perf_counter()
    tally = run_on_all_cores(given.count, given.processes)
    print(summary(tally, STYLES, perf_counter() - begin))
    for law in dict.fromkeys(one.law for one in tally.faults):
        for fault in [one for one in tally.faults if one.law == law][:_SHOWN]:
            print(f"  {law}: paragraph {fault.number}, measure {fault.measure}, {fault.style}: {fault.line}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
