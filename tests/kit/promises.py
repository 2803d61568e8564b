"""The tests of a folder that carry a promise: what they measure, and the control that must fail."""

import importlib
from pathlib import Path
from typing import TypeVar

Promise = TypeVar("Promise")


def promises_in(folder: Path, kind: type[Promise]) -> dict[str, Promise]:
    """Each test of the folder under tests/ that has a promise of this kind, by its name."""
    found: dict[str, Promise] = {}
    for file in sorted(folder.glob("test_*.py")):
        module = importlib.import_module(f"tests.{folder.name}.{file.stem}")
        measured = {name: getattr(one, "promise", None) for name, one in vars(module).items()}
        found |= {name: one for name, one in measured.items() if isinstance(one, kind)}
    return found
