"""How long do proofs, sign-off and release take (出样付印用时)? `python benchmarks/evening.py [--quick]`.

Whole processes, medians, as in build.py: the reference page, and an issue of eight dense pages. Each command is given
again and again on the same issue; everybody signed it, and a release that is repeated does all the work of the first.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from measure import ROOT, middle, run
from samples import REFERENCE, multiply, paper_in

RUNS: Final = 7
QUICK_RUNS: Final = 3
MANY: Final = 8
ROLES: Final = ("初审", "复审", "终审")
ALLOWED: Final = (0, 1)  # a finding is told, and the work is done all the same


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="How long do proofs, sign-off and release take?")
    parser.add_argument("--quick", action="store_true", help="three runs of each")
    runs = QUICK_RUNS if parser.parse_args(words).quick else RUNS
    print("| whole process | wall s | least s | CPU s | memory MB |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        paper = paper_in(Path(folder))
        reference, many = paper / "issues" / REFERENCE, multiply(paper, MANY)
        for name, issue, pages in (("reference page", reference, 1), (f"{MANY} dense pages", many, MANY)):
            _without_stand_ins(issue)
            _signed(issue, pages)
            for what, command in _commands(issue).items():
                run(command, allowed=ALLOWED)
                found = [run(command, allowed=ALLOWED) for _ in range(runs)]
                each, least = middle(found), min(one.wall for one in found)
                print(f"| {name}, {what} | {each.wall:.2f} | {least:.2f} | {each.cpu:.2f} | {each.memory:.0f} |")


def _commands(issue: Path) -> dict[str, list[str]]:
    manifest = issue.parent.parent / "output" / issue.name / "release/manifest.json"
    return {
        "check, with the guards": _engine("check", str(issue)),
        "proof": _engine("proof", str(issue)),
        "galleys of all stories": _engine("proof", str(issue), "--galley", "all"),
        "sign, who has signed": _engine("sign", str(issue)),
        "build --final": _engine("build", str(issue), "--final"),
        "release": _engine("release", str(issue), "--by", "孙伟"),
        "verify": _engine("verify", str(manifest)),
    }


def _engine(*words: str) -> list[str]:
    return [sys.executable, "-m", "layout_engine", *words]


def _without_stand_ins(issue: Path) -> None:
    for path in (issue / "pages").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "stand_in" not in line), encoding="utf-8")


def _signed(issue: Path, pages: int) -> None:
    run(_engine("proof", str(issue), "--dpi", "36"), allowed=ALLOWED)
    for page in range(1, pages + 1):
        for role in ROLES:
            run(_engine("sign", str(issue), "--page", str(page), "--role", role, "--by", "王静"), allowed=ALLOWED)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]
    main(sys.argv[1:])
