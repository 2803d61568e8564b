"""Every story of the sample issues made over and under by 1 to 8 lines, and every option applied and seen to fit.

    python -m tests.fit.every_option [ISSUE | ISSUE/STORY ...]

Options are applied by editing the files of a copy of the issue, whose pages are then laid out from their files. What
an option leaves to the editor, which characters go and how many within its limits, is chosen in eight ways. Prints a
table; exits with 1 on a failure.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import msgspec

from layout_engine.fit.advice import advise
from layout_engine.fit.model import Add, Cut, Option
from tests.fit.desk import FILLER, Desk, Found, cut, may_go, paragraph_lines

ISSUES = ("2024-05-21", "2024-05-22")
LINES = range(1, 9)
TURNS = range(8)
MOST_MADE = 300  # characters that a story is made longer by


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


def stories(issue: str) -> tuple[str, ...]:
    """Every story that stands on a page of the issue."""
    with TemporaryDirectory() as folder:
        spec = Desk(issue, Path(folder)).inputs().spec
    regions = (region for page in spec.pages for region in page.regions)
    return tuple(dict.fromkeys(one.spec.story for one in regions if one.kind in ("story", "article", "brief")))


def try_story(issue: str, story: str) -> Iterator[Tried]:
    """The story over and under by each amount that it comes to, advised, and every option applied."""
    for way in (1, -1):
        with TemporaryDirectory() as folder:
            desk = Desk(issue, Path(folder))
            for lines in made(desk, story, way):
                tried = try_at(desk, Case(issue, story, lines))
                if tried is not None:
                    yield tried


def try_case(case: Case, turns: range = TURNS) -> Tried | None:
    """The story made so, advised, and every option applied; None where it cannot be made so."""
    with TemporaryDirectory() as folder:
        desk = Desk(case.issue, Path(folder))
        return try_at(desk, case, turns) if make(desk, case) else None


def try_at(desk: Desk, case: Case, turns: range = TURNS) -> Tried | None:
    """The story advised as it stands on this desk, and every option applied; None where it is level."""
    begin = process_time()
    fits = advise(desk.inputs(), story=case.story)
    seconds = process_time() - begin
    if not fits:
        return None
    (fit,) = fits
    failures, applied = [], 0
    known = desk.proof().findings
    for number, option in enumerate(fit.options, start=1):
        words = any(isinstance(step, Cut | Add) for step in option.steps)
        for turn in turns if words else range(1):
            failure = _fails(desk, option, turn, case.story, known)
            applied += 1
            if failure:
                failures.append(f"option {number}, turn {turn}: {failure}")
    kinds = tuple("+".join(sorted({type(step).__name__ for step in one.steps})) for one in fit.options)
    return Tried(case, len(fit.options), applied, tuple(failures), kinds, seconds, fit.settings)


def make(desk: Desk, case: Case) -> bool:
    """Make the story over or under by as many lines, by editing its article; whether that could be done."""
    return any(lines == case.lines for lines in made(desk, case.story, 1 if case.lines > 0 else -1))


def made(desk: Desk, story: str, way: int) -> Iterator[int]:
    """The story made over (`way` 1) or under (-1) a character at a time: each amount when it is come to first.

    Its longest paragraph gets words at its end; or it loses them, and then the next longest does, and so on.
    """
    parts = [part for part in desk.inputs().copy.stories[story].parts if part.kind == "body"]
    longest = sorted(parts, key=lambda part: -len(part.text))
    file = desk.dir / "articles" / f"{story}.md"
    seen: set[int] = set()
    for part in longest[:1] if way > 0 else longest:
        lines = file.read_text(encoding="utf-8").split("\n")
        first, last = paragraph_lines(lines, part.copy.span(0).line)
        text = "\n".join(lines[first:last])
        at = len(text.rstrip("。”"))
        for count in range(1, MOST_MADE if way > 0 else len(may_go(text)) + 1):
            more = "，" + (FILLER * 10)[:count]
            changed = text[:at] + more + text[at:] if way > 0 else cut(text, count, 0)
            file.write_text("\n".join([*lines[:first], *changed.split("\n"), *lines[last:]]), encoding="utf-8")
            over, under = desk.proof().of(story)
            lines_now = over if way > 0 else -under
            if lines_now * way > max(LINES):
                return
            if lines_now and lines_now not in seen:
                seen.add(lines_now)
                yield lines_now


def _fails(desk: Desk, option: Option, turn: int, story: str, known: Found) -> str:
    """Why the story does not fit after the option; empty where it does."""
    with desk.edited(option, turn):
        proof = desk.proof()
    over, _ = proof.of(story)
    new = proof.findings - known
    if not proof.pages:
        return f"no page was set: {sorted(code for code, _ in new)}"
    if over:
        return f"{over} lines over"
    return f"new findings: {sorted(code for code, _ in new)}" if new else ""


def main(wanted: Sequence[str]) -> int:
    """Run them all and print what became of them."""
    tried: list[Tried] = []
    for issue, _, only in (one.partition("/") for one in wanted or ISSUES):
        for story in (only,) if only else stories(issue):
            for one in try_story(issue, story):
                tried.append(one)
                print(_line(one), *(f"    {failure}" for failure in one.failures), sep="\n", flush=True)
    for lines in (*LINES, *(-one for one in LINES)):
        if of := [one for one in tried if one.case.lines == lines]:
            print(f"{lines:+d}: {_summary(of)}")
    for issue in dict.fromkeys(one.case.issue for one in tried):
        print(f"{issue}: {_summary([one for one in tried if one.case.issue == issue])}")
    print(f"all: {_summary(tried)}")
    kinds = Counter(kind for one in tried for kind in one.kinds)
    print("kinds: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    return int(any(one.failures for one in tried))


def _line(one: Tried) -> str:
    return (
        f"{one.case.issue} {one.case.story:<16} {one.case.lines:+d}  options {one.options}  applied {one.applied:>2}  "
        f"failed {len(one.failures)}  {one.seconds * 1000:5.0f} ms  {one.settings} settings"
    )


def _summary(of: Sequence[Tried]) -> str:
    seconds = sorted(one.seconds for one in of)
    return (
        f"{len({(one.case.issue, one.case.story) for one in of})} stories, {len(of)} cases, "
        f"{sum(one.options for one in of)} options (none for {sum(not one.options for one in of)}), "
        f"{sum(one.applied for one in of)} applied, {sum(len(one.failures) for one in of)} failed, "
        f"{seconds[len(seconds) // 2]:.2f} s of processor time for one, {seconds[-1]:.2f} at most"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
