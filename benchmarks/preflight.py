"""How long does the preflight take, and how much memory (印前检查用时)? `python benchmarks/preflight.py [--quick]`.

Prints a Markdown table: the reference page, and files of 1, 8 and 64 dense pages, each checked in fresh processes. A
file of many pages is the dense page over and over, with copies of its fonts and pictures and not the same ones again.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

import pikepdf
from measure import ROOT, middle, run
from samples import DENSE, REFERENCE, paper_in

RUNS: Final = 5
QUICK_RUNS: Final = 2
PAGES: Final = (1, 8, 64)
CLEAN: Final = (0, 1, 2)  # exit codes: a file of several pages is told to be one
AIM_REFERENCE: Final = "1 s"
DENSE_FILE: Final = "02"


def many(source: Path, count: int, target: Path) -> Path:
    """A file of so many copies of a page, nothing shared between them."""
    with pikepdf.open(source) as first:
        for _ in range(count - 1):
            with pikepdf.open(source) as again:
                first.pages.append(again.pages[0])
        first.save(target, static_id=True)
    return target


def check(file: Path) -> list[str]:
    return [sys.executable, "-m", "layout_engine", "preflight", str(file)]


def built(paper: Path, issue: str, out: Path) -> list[Path]:
    """The PDFs of an issue."""
    run([sys.executable, "-m", "layout_engine", "build", str(paper / "issues" / issue), "--out", str(out)])
    return sorted(out.rglob("*.pdf"))


def main() -> None:
    """Build the files, check each some times, print the table."""
    runs = QUICK_RUNS if "--quick" in sys.argv else RUNS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paper = paper_in(folder / "paper")
        (reference, *_) = built(paper, REFERENCE, folder / "reference")
        (dense, *_) = [one for one in built(paper, DENSE, folder / "dense") if one.stem.endswith(DENSE_FILE)]
        rows = [("reference page", AIM_REFERENCE, reference)]
        rows += [(f"{count} dense pages", "", many(dense, count, folder / f"{count}.pdf")) for count in PAGES]
        print("| preflight of | wall, s | CPU, s | memory, MB | file, MB | aim |\n|---|---:|---:|---:|---:|---|")
        for title, aim, file in rows:
            run(check(file), allowed=CLEAN)  # the file in the system's cache, the bytecode compiled
            took = middle([run(check(file), allowed=CLEAN) for _ in range(runs)])
            size = file.stat().st_size / 1_000_000
            print(
                f"| {title} | {took.wall:.2f} | {took.cpu:.2f} | {took.memory:.0f} | {size:.1f} | {aim} |", flush=True
            )


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]
    main()
