"""Files in place: whole or not at all, also when the run is killed; and what is kept in the cache."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from layout_engine.pdf.files import kept, write_atomically
from tests.pdf.scenes import ROOT

OLD, NEW = b"old page", b"new page" * 50_000

# Kills itself at the moment the name of the file is about to change, or in the middle of writing.
KILLED = """
import os, signal, sys
from pathlib import Path
from layout_engine.pdf import files

def die(*_): os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "before the renaming":
    os.replace = die
else:
    class Half(type(Path())):
        def write_bytes(self, data):
            with open(self, "wb") as file:
                file.write(data[: len(data) // 2])
                file.flush()
                die()
    files.Path = Half
    path = Half(sys.argv[1])
    files.write_atomically(path, b"new page" * 50_000)
files.write_atomically(Path(sys.argv[1]), b"new page" * 50_000)
"""


def test_a_file_is_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "output" / "2024-05-21" / "01.pdf"
    write_atomically(path, NEW)
    assert path.read_bytes() == NEW
    assert [one.name for one in path.parent.iterdir()] == ["01.pdf"]


def test_a_file_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "01.pdf"
    path.write_bytes(OLD)
    write_atomically(path, NEW)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("moment", ["before the renaming", "in the middle"])
def test_a_killed_run_leaves_the_old_file_whole(moment: str, tmp_path: Path) -> None:
    path = tmp_path / "01.pdf"
    path.write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), moment], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert path.read_bytes() == OLD


def test_a_failed_run_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "01.pdf"
    path.write_bytes(OLD)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        write_atomically(path, NEW)
    assert path.read_bytes() == OLD
    assert [one.name for one in tmp_path.iterdir()] == ["01.pdf"]


def test_a_file_has_the_rights_that_a_new_file_has_here(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "page", b"")
    assert (tmp_path / "page").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_is_kept_is_made_once(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"data"

    assert kept(tmp_path, "key", make) == kept(tmp_path, "key", make) == b"data"
    assert len(made) == 1


@pytest.mark.parametrize("damage", [b"", b"x" * 31, b"x" * 40])
def test_what_was_kept_and_damaged_is_made_again(damage: bytes, tmp_path: Path) -> None:
    kept(tmp_path, "key", lambda: b"data")
    (tmp_path / "key").write_bytes(damage)
    assert kept(tmp_path, "key", lambda: b"data") == b"data"


def test_without_a_place_to_keep_it_everything_still_works(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert kept(None, "key", lambda: b"data") == b"data"
    assert kept(tmp_path / "file" / "folder", "key", lambda: b"data") == b"data"
