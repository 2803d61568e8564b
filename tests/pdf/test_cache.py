"""The cache folder (中间结果): it never lies, and it never grows without end."""

import os
from pathlib import Path

import pytest

from layout_engine.pdf import files
from layout_engine.pdf.files import kept


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    assert kept(tmp_path, "a", lambda: b"made") == b"made"
    assert kept(tmp_path, "a", lambda: b"made anew") == b"made"


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    kept(tmp_path, "a", lambda: b"made")
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes()[:-1])
    assert kept(tmp_path, "a", lambda: b"made anew") == b"made anew"


def test_the_oldest_go_when_the_folder_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_KEPT", 3 * (32 + 100))
    for age, key in enumerate("abcd"):
        kept(tmp_path, key, lambda: bytes(100))
        os.utime(tmp_path / key, (age, age))
    kept(tmp_path, "e", lambda: bytes(100))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "d", "e"]
