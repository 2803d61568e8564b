"""What only a process of its own can show; few, since each costs its start."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# What no build needs, and what costs many milliseconds to import.
HEAVY = ("fontTools", "pikepdf", "pypdfium2", "numpy", "asyncio", "email", "pydantic", "dataclasses_json")


def _python(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run([sys.executable, *words], capture_output=True, env=surroundings, timeout=60, check=False)


def test_the_module_is_the_command() -> None:
    ran = _python("-m", "layout_engine", "--version")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"layout-engine ")


def test_a_terminal_without_unicode_gets_whole_lines() -> None:
    ran = _python("-m", "layout_engine", "explain", "unknown-kind", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert b"spec/unknown-kind" in ran.stdout


def test_a_reader_that_closes_early_sees_no_complaint() -> None:
    command = f"{sys.executable} -m layout_engine schema | head -c 10 > /dev/null; echo ${{PIPESTATUS[0]}}"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(["bash", "-c", command], capture_output=True, env=surroundings, timeout=60, check=False)
    assert ran.stdout.strip() in (b"0", b"141")
    assert ran.stderr == b""


def test_a_command_imports_only_what_it_needs() -> None:
    look = (
        "import sys; from layout_engine.cli.main import main; main(['explain', 'unknown-kind']);"
        "print(sorted(m for m in sys.modules if m.startswith('layout_engine') or m in {heavy}))"
    )
    loaded = _python("-c", look.replace("{heavy}", repr((*HEAVY, "PIL", "reportlab", "yaml", "uharfbuzz")))).stdout
    assert b"pipeline" not in loaded
    assert not any(name.encode() in loaded for name in ("'PIL'", "'reportlab'", "'yaml'", "'uharfbuzz'"))


def test_a_build_imports_nothing_heavy_that_it_does_not_use() -> None:
    look = f"import sys; import layout_engine.cli.build; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert _python("-c", look).stdout.strip() == b"[]"
