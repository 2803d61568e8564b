"""How long does a build take, and how much memory (排版用时)? `python benchmarks/build.py [--quick] [--few]`.

Prints a Markdown table: medians over fresh processes, and how the engine compares with Typst on the same text in the
same run, turn by turn. README.md beside this file says what each row means.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from measure import ROOT, Run, family_memory, middle, run
from samples import DENSE, REFERENCE, WORDS, change_word, multiply, paper_in

RUNS: Final = 15
QUICK_RUNS: Final = 3
LONG_RUNS: Final = 3  # of an issue of many pages
MANY: Final = (8, 64)
HERE: Final = Path(__file__).parent

# What issue 2 asks for: seconds of a cold build, MB of its process.
AIM_REFERENCE: Final = "0.30 s, 120 MB"
AIM_DENSE: Final = "0.40 s"
AIM_WARM: Final = "no slower than Typst"
AIM_SESSION: Final = "50 ms"

TYPST: Final = (
    "import sys, typst;"
    "typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)"
)


class Row(NamedTuple):
    """What is measured: a name, what may come before each run, and the command that is timed."""

    name: str
    aim: str
    command: Callable[[], Sequence[str]]


class Bench:
    """The folder in which it all happens, and the commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paper = paper_in(folder / "paper")
        self._changed = paper_in(folder / "changed")
        self._runs = count()
        self._words = count()

    def build(self, issue: Path, out: Path | None = None) -> list[str]:
        """The command line of a build; with no `out`, into a folder where nothing lies and nothing is kept."""
        out = out or self.folder / "out" / str(next(self._runs))
        return [sys.executable, "-m", "layout_engine", "build", str(issue), "--out", str(out), "--json"]

    def reference(self) -> list[str]:
        return self.build(self.paper / "issues" / REFERENCE)

    def dense(self) -> list[str]:
        return self.build(self.paper / "issues" / DENSE)

    def changed_word(self) -> list[str]:
        """A word that the page never had, with all that earlier builds have kept."""
        issue = self._changed / "issues" / REFERENCE
        change_word(issue, word(next(self._words)))
        return self.build(issue, self.folder / "kept")

    def typst(self) -> list[str]:
        page = self.folder / "typst" / "page.typ"
        if not page.exists():
            issue = str(self.paper / "issues" / REFERENCE)
            run([sys.executable, str(HERE / "typst_page.py"), issue, str(ROOT / "fonts"), str(page.parent)])
        return [sys.executable, "-c", TYPST, str(page), str(page.with_suffix(".pdf")), str(ROOT / "fonts")]

    def session(self, changes: int) -> list[str]:
        issue = paper_in(self.folder / "session") / "issues" / REFERENCE
        words = "".join(map(word, range(changes)))
        return [sys.executable, str(HERE / "warm_session.py"), str(issue), str(self.folder / "session-out"), words]

    def python(self) -> list[str]:
        return [sys.executable, "-c", "pass"]


def word(number: int) -> str:
    """Two characters, other ones for every number below some thousand."""
    first, gap = number % len(WORDS), number // len(WORDS)
    return WORDS[first] + WORDS[(first + 1 + gap) % len(WORDS)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_RUNS} runs of each instead of {RUNS}")
    parser.add_argument("--few", action="store_true", help="leave out the issues of many pages")
    given = parser.parse_args()
    runs = QUICK_RUNS if given.quick else RUNS
    with tempfile.TemporaryDirectory(prefix="layout-engine-benchmark-") as folder:
        bench = Bench(Path(folder))
        print(about_machine(runs), flush=True)
        single_pages(bench, runs)
        warm_session(bench, runs)
        if not given.few:
            many_pages(bench)


def single_pages(bench: Bench, runs: int) -> None:
    """Processes in turn, A B C A B C, so that whatever else the machine does falls on all of them alike."""
    rows = [
        Row("reference page, cold", AIM_REFERENCE, bench.reference),
        Row("dense page, cold", AIM_DENSE, bench.dense),
        Row("reference page, a word changed, cache warm", AIM_WARM, bench.changed_word),
        Row("Python that does nothing", "", bench.python),
    ]
    if find_spec("typst"):
        rows.append(Row(f"Typst {version('typst')}, same text, cold", "", bench.typst))
    for row in rows:
        run(row.command())  # bytecode compiled, files in the system's cache, the build's cache filled
    results: dict[str, list[Run]] = {row.name: [] for row in rows}
    for _ in range(runs):
        for row in rows:
            results[row.name].append(run(row.command()))
    print_table(
        ("", "wall", "least", "CPU", "memory", "aim"),
        [(row.name, *_figures(results[row.name]), row.aim) for row in rows],
    )
    if find_spec("typst"):
        ours, theirs = results[rows[2].name], results[rows[-1].name]
        ratios = [one.wall / other.wall for one, other in zip(ours, theirs, strict=True)]
        cpu = [one.cpu / other.cpu for one, other in zip(ours, theirs, strict=True)]
        print(
            f"A word changed, cache warm, against Typst, run by run: {median(ratios):.2f} of its wall time "
            f"({min(ratios):.2f} to {max(ratios):.2f}), {median(cpu):.2f} of its CPU time.\n"
        )
    print_stages([(row.name, results[row.name]) for row in rows[:3]])


def warm_session(bench: Bench, runs: int) -> None:
    """One process that builds again after each changed word."""
    first, *again = json.loads(run(bench.session(runs)).output)
    print_table(
        ("one process, reference page", "median", "least", "most", "aim"),
        [
            ("first build", f"{first:.0f} ms", "", "", ""),
            ("after a changed word", *(f"{f(again):.1f} ms" for f in (median, min, max)), AIM_SESSION),
        ],
    )


def many_pages(bench: Bench) -> None:
    """Dense pages in one issue, and what each costs."""
    rows = []
    for pages in (1, *MANY):
        issue = multiply(bench.paper, pages)
        results = [run(bench.build(issue)) for _ in range(LONG_RUNS)]
        together = family_memory(bench.build(issue))
        wall, _, cpu, memory = _figures(results)
        each = middle(results)
        rows.append((
            str(pages), wall, f"{each.wall / pages * 1000:.0f} ms", cpu, f"{each.cpu / pages * 1000:.0f} ms", memory,
            "" if together is None else f"{together:.0f} MB",
        ))  # fmt: skip
    print_table(("dense pages", "wall", "a page", "CPU", "a page", "largest process", "all together"), rows)


def _figures(results: Sequence[Run]) -> tuple[str, str, str, str]:
    each = middle(results)
    least = min(one.wall for one in results)
    return f"{each.wall:.3f} s", f"{least:.3f} s", f"{each.cpu:.3f} s", f"{each.memory:.0f} MB"


def print_stages(results: Sequence[tuple[str, Sequence[Run]]]) -> None:
    """The engine's own account by stage; what is left of the wall time is starting up and leaving."""
    timings = [[json.loads(one.output)["timings_ms"] for one in runs] for _, runs in results]
    stages = dict.fromkeys(stage for runs in timings for one in runs for stage in one)
    rows = [(stage, *(f"{median(one.get(stage, 0) for one in runs):.1f}" for runs in timings)) for stage in stages]
    beside = [
        median(run.wall * 1000 - sum(times.values()) for run, times in zip(runs, its_timings, strict=True))
        for (_, runs), its_timings in zip(results, timings, strict=True)
    ]
    rows.append(("start, imports, report", *(f"{one:.1f}" for one in beside)))
    print_table(("stage, ms", *(name for name, _ in results)), rows)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """As Markdown."""
    print(f"| {' | '.join(head)} |\n|{' --- |' + ' ---: |' * (len(head) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def about_machine(runs: int) -> str:
    """When, on what, with what."""
    libraries = ", ".join(f"{name} {_version(name)}" for name in ("reportlab", "uharfbuzz", "pillow", "msgspec"))
    return (
        f"{datetime.now().astimezone().date().isoformat()}, {_processor()}, {len(os.sched_getaffinity(0))} cores, "
        f"load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, layout_engine {_engine()}, "
        f"{libraries}; median of {runs} runs.\n"
    )


def _engine() -> str:
    """The engine's version, asked of a process of its own: this one stays small, for its memory counts to the runs."""
    return run([sys.executable, "-c", "import layout_engine; print(layout_engine.__version__)"]).output.decode().strip()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
