"""Every story of the sample issues made over and under by 1 to 8 lines, and every option applied and seen to fit.

    python -m tests.fit.every_option [ISSUE ...]

Options are applied by editing the files of a copy of the issue, which is then composed anew from its files. What an
option leaves to the editor, which characters go, is chosen in four ways. Prints a table; exits with 1 on a failure.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import msgspec

from layout_engine.fit.advice import advise
from layout_engine.fit.model import Add, Cut, Option
from tests.fit.desk import FILLER, Desk, cut, paragraph_lines

ISSUES = ("2024-05-21", "2024-05-22")
LINES = range(1, 9)
TURNS = range(4)

Found = Counter[tuple[str, tuple[tuple[str, str], ...]]]


class Case(msgspec.Struct, frozen=True):
    """A story made over (above zero) or under by `lines`."""

    issue: str
    story: str
    lines: int


class Tried(msgspec.Struct, frozen=True):
    """What became of a case."""

    case: Case
    options: int
    applied: int
    failures: tuple[str, ...]
    kinds: tuple[str, ...]
    seconds: float
    settings: int


def cases(issue: str) -> Iterator[Case]:
    """Every story of the issue's pages, over and under by each number of lines."""
    with TemporaryDirectory() as folder:
        spec = Desk(issue, Path(folder)).inputs().spec
    names = dict.fromkeys(
        region.spec.story
        for page in spec.pages
        for region in page.regions
        if region.kind in ("story", "article", "brief")
    )
    for lines in LINES:
        for name in names:
            yield Case(issue, name, lines)
            yield Case(issue, name, -lines)


def try_case(case: Case, turns: range = TURNS) -> Tried | None:
    """The story made so, advised, and every option applied; None where it cannot be made so."""
    with TemporaryDirectory() as folder:
        desk = Desk(case.issue, Path(folder) / "made")
        if not make(desk, case):
            return None
        begin = perf_counter()
        fits = advise(desk.inputs(), story=case.story)
        seconds = perf_counter() - begin
        if not fits:
            return None
        (fit,) = fits
        failures, applied = [], 0
        known = _findings(desk)
        for number, option in enumerate(fit.options, start=1):
            words = any(isinstance(step, Cut | Add) for step in option.steps)
            for turn in turns if words else range(1):
                failure = _fails(desk, option, turn, case.story, known, Path(folder) / f"{number}-{turn}")
                applied += 1
                if failure:
                    failures.append(f"option {number}, turn {turn}: {failure}")
        kinds = tuple("+".join(sorted({type(step).__name__ for step in one.steps})) for one in fit.options)
        return Tried(case, len(fit.options), applied, tuple(failures), kinds, seconds, fit.settings)


def make(desk: Desk, case: Case) -> bool:
    """Make the story over or under by as many lines, by editing its article; whether that could be done."""
    file = desk.dir / "articles" / f"{case.story}.md"
    lines = file.read_text(encoding="utf-8").split("\n")
    story = desk.inputs().copy.stories[case.story]
    parts = sorted((part for part in story.parts if part.kind == "body"), key=lambda part: -len(part.text))
    first, last = paragraph_lines(lines, parts[0].copy.span(0).line)
    text = "\n".join(lines[first:last])
    for count in range(1, 400):
        if case.lines > 0:
            at = len(text.rstrip("。”"))
            longer = text[:at] + "，" + (FILLER * 10)[:count] + text[at:]
            changed = longer
        else:
            try:
                changed = cut(text, count, 0)
            except AssertionError:
                return False
        lines_now = [*lines[:first], *changed.split("\n"), *lines[last:]]
        file.write_text("\n".join(lines_now), encoding="utf-8")
        over, under = _fullness(desk, case.story)
        if case.lines > 0 and over == case.lines:
            return True
        if case.lines < 0 and under == -case.lines:
            return True
        if over > max(0, case.lines) or (case.lines < 0 and under > -case.lines):
            return False
    return False


def _fullness(desk: Desk, story: str) -> tuple[int, int]:
    pages = desk.composed().build.pages
    mine = [one for page in pages for one in page.fullness if one.story == story]
    return sum(one.lines_over for one in mine), sum(one.rows_under for one in mine)


def _findings(desk: Desk) -> Found:
    """The errors and warnings about the pages; what is said of the copy itself is the editor's affair."""
    found = desk.composed().build.diagnostics
    return Counter(
        (one.code, one.values) for one in found if one.severity != "info" and not one.code.startswith("copy/")
    )


def _fails(
    desk: Desk,
    option: Option,
    turn: int,
    story: str,
    known: Counter[tuple[str, tuple[tuple[str, str], ...]]],
    into: Path,
) -> str:
    """Why the story does not fit after the option; empty where it does."""
    shutil.copytree(desk.dir.parent, into)
    copy = Desk.__new__(Desk)
    copy.dir = into / desk.dir.name
    copy.apply(option, turn)
    built = copy.composed().build
    mine = [one for page in built.pages for one in page.fullness if one.story == story]
    over = sum(one.lines_over for one in mine)
    new = _findings(copy) - known
    if not built.pages:
        return f"no page was set: {[one.code for one in built.diagnostics]}"
    if over:
        return f"{over} lines over"
    return f"new findings: {sorted(code for code, _ in new)}" if new else ""


def main(issues: list[str]) -> int:
    """Run them all and print what became of them."""
    tried: list[Tried] = []
    unmade = 0
    for issue in issues or ISSUES:
        for case in cases(issue):
            one = try_case(case)
            if one is None:
                unmade += 1
                continue
            tried.append(one)
            print(
                f"{case.issue} {case.story:<16} {case.lines:+d}  options {one.options}  applied {one.applied:>2}  "
                f"failed {len(one.failures)}  {one.seconds * 1000:5.0f} ms  {one.settings} settings",
                flush=True,
            )
            for failure in one.failures:
                print(f"    {failure}", flush=True)
    for lines in (*LINES, *(-one for one in LINES)):
        of = [one for one in tried if one.case.lines == lines]
        if of:
            print(
                f"{lines:+d}: {len(of)} stories, {sum(one.options for one in of)} options "
                f"(none for {sum(not one.options for one in of)}), {sum(one.applied for one in of)} applied, "
                f"{sum(len(one.failures) for one in of)} failed, slowest {max(one.seconds for one in of):.2f} s"
            )
    kinds = Counter(kind for one in tried for kind in one.kinds)
    print("kinds: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(f"{len(tried)} cases, {unmade} that are level within a row or could not be made so")
    return int(any(one.failures for one in tried))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
