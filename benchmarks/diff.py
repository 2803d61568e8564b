"""How long does a comparison take (比对用时)? `python benchmarks/diff.py [--quick]`.

Whole processes, from starting Python to the last line of the report; medians, as in build.py. In nearly every
paragraph of the newer version a clause has moved, a comma is gone and a character has come.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from measure import ROOT, middle, run
from samples import REFERENCE, multiply, paper_in

RUNS: Final = 11
QUICK_RUNS: Final = 3
MANY: Final = 8
LEAST_CLAUSES: Final = 5
UNTOUCHED: Final = ("<!--", "“", "《", "（")  # what would lose its partner
CHANGED: Final = 1  # exit code of a comparison that found something

AIM_PAGE: Final = "0.30 s"
AIM_MANY: Final = "1.00 s"


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="How long does a comparison take?")
    parser.add_argument("--quick", action="store_true", help="three runs of each")
    runs = QUICK_RUNS if parser.parse_args(words).quick else RUNS
    with tempfile.TemporaryDirectory() as folder:
        paper = paper_in(Path(folder))
        one, many = _two_proofs(paper / "issues" / REFERENCE), _two_proofs(multiply(paper, MANY))
        commands = {
            "reference page, two revisions": (AIM_PAGE, _diff(f"{one}#1", f"{one}#2")),
            "reference page, two proofs in PDF": (AIM_PAGE, _diff(*_pdfs(one))),
            "reference page, a revision and the folder": ("", _diff(f"{one}#1", str(one))),
            f"{MANY} dense pages, two revisions": (AIM_MANY, _diff(f"{many}#1", f"{many}#2")),
            f"{MANY} dense pages, as JSON": (AIM_MANY, [*_diff(f"{many}#1", f"{many}#2"), "--json"]),
            "Python that does nothing": ("", [sys.executable, "-c", "pass"]),
        }
        for _, command in commands.values():
            run(command, allowed=(0, CHANGED))
        found = {name: [] for name in commands}
        for _ in range(runs):
            for name, (_, command) in commands.items():
                found[name].append(run(command, allowed=(0, CHANGED)))
    print("| whole process | aim | wall s | least s | CPU s | memory MB |")
    print("|---|---|---:|---:|---:|---:|")
    for name, (aim, _) in commands.items():
        each = middle(found[name])
        least = min(one.wall for one in found[name])
        print(f"| {name} | {aim} | {each.wall:.2f} | {least:.2f} | {each.cpu:.2f} | {each.memory:.0f} |")


def _diff(old: str, new: str) -> list[str]:
    return [sys.executable, "-m", "layout_engine", "diff", old, new]


def _two_proofs(issue: Path) -> Path:
    """A proof of the issue, an evening's changes, and another proof."""
    _prove(issue)
    for path in sorted((issue / "articles").glob("*.md")):
        path.write_text(_edited(path.read_text(encoding="utf-8")), encoding="utf-8")
    _prove(issue)
    return issue


def _prove(issue: Path) -> None:
    run([sys.executable, "-m", "layout_engine", "proof", str(issue), "--dpi", "36"], allowed=(0, 1))
    proofs = issue.parent.parent / "output" / issue.name / "proof"
    kept = proofs.with_name(f"kept-{len(list(proofs.parent.glob('kept-*'))) + 1}")
    kept.mkdir()
    for pdf in proofs.glob("*.pdf"):
        (kept / pdf.name).write_bytes(pdf.read_bytes())


def _pdfs(issue: Path) -> tuple[str, str]:
    output = issue.parent.parent / "output" / issue.name
    return str(output / "kept-1"), str(output / "kept-2")


def _edited(article: str) -> str:
    """In each paragraph that has clauses enough the first one moved back, a comma gone, a character come."""
    head, _, body = article.rpartition("\n---\n")
    paragraphs = body.split("\n\n")
    for at, paragraph in enumerate(paragraphs):
        clauses = paragraph.split("，")
        if len(clauses) > LEAST_CLAUSES and not any(mark in paragraph for mark in UNTOUCHED):
            first, second, third, fourth, *rest = clauses
            paragraphs[at] = "，".join([second, third, first, f"{fourth}新{rest[0]}", *rest[1:]])
    return f"{head}\n---\n" + "\n\n".join(paragraphs)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]
    main(sys.argv[1:])
