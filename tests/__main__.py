"""Everything that must hold before work is handed on (全部检查): style, types, order of imports, tests.

    .venv/bin/python -m tests
    .venv/bin/python -m tests -k ledger        # what follows goes to pytest

Each check runs even where one before it failed; the exit code is the worst of them.
"""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]

CHECKS = {
    "style": ("ruff", "check", "."),
    "types": ("mypy",),
    "imports": ("lint-imports",),
    "tests": ("pytest", "-n", "2", "--dist", "loadfile"),  # a file stays together: its pages are built once
}
_PROGRAMS = Path(sys.executable).parent  # the environment that this Python belongs to


def main(words: list[str]) -> int:
    """Run all checks and print a line for each; 0 where all of them pass."""
    worst = 0
    summary = []
    for name, command in CHECKS.items():
        begin = perf_counter()
        code = _run(command, words if name == "tests" else [])
        worst = max(worst, code)
        summary.append(f"{name:<8} {'passed' if code == 0 else 'FAILED'}  {perf_counter() - begin:5.1f} s")
    print("\n" + "\n".join(summary))
    return worst


def _run(command: tuple[str, ...], more: list[str]) -> int:
    program, *words = command
    print(f"$ {' '.join([*command, *more])}", flush=True)
    try:
        return abs(subprocess.run([_PROGRAMS / program, *words, *more], cwd=ROOT, check=False).returncode)
    except FileNotFoundError:
        print(f"{program} is not installed: pip install -e '.[dev]'", flush=True)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
