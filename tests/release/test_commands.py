"""`layout-engine key` and `verify`: a key for oneself, and the printer's question."""

import json
from pathlib import Path

import pytest

from layout_engine.cli.main import main
from layout_engine.release.keys import make_key
from tests.release.test_verify import FILES, manifest, released

Shown = pytest.CaptureFixture[str]


def test_a_key_is_made_once_and_its_public_half_shown_each_time(tmp_path: Path, capsys: Shown) -> None:
    path = tmp_path / "wang.key"
    assert main(["key", str(path)]) == 0
    first = capsys.readouterr().out
    before = path.read_bytes()
    assert main(["key", str(path)]) == 0
    assert capsys.readouterr().out == first
    assert first.startswith("ed25519:")
    assert path.read_bytes() == before


def test_what_is_no_key_is_not_taken_for_one(tmp_path: Path, capsys: Shown) -> None:
    (tmp_path / "x.key").write_text("words")
    assert main(["key", str(tmp_path / "x.key")]) == 2
    assert capsys.readouterr().out == ""


def test_the_printer_sees_each_file_and_who_signed_it(tmp_path: Path, capsys: Shown) -> None:
    key = make_key(tmp_path / "sun.key").value
    path = released(tmp_path / "out", manifest(key))
    assert main(["verify", str(path), "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert [line.split()[0] for line in shown.out.splitlines()] == list(FILES)
    assert "终审 孙伟" in shown.out
    assert "都是付印的那一份" in shown.err


def test_a_changed_file_is_named_and_not_to_be_printed(tmp_path: Path, capsys: Shown) -> None:
    path = released(tmp_path / "out", manifest(None))
    (path.parent / "xinjimo-20240521-02.pdf").write_bytes(b"%PDF-1.6 another")
    assert main(["verify", str(path), "--json"]) == 1
    value = json.loads(capsys.readouterr().out)
    assert value["holds"] is False
    errors = [one for one in value["findings"] if one["severity"] == "error"]
    assert [one["code"] for one in errors] == ["release/file-differs"]
    assert "xinjimo-20240521-02.pdf" in errors[0]["message"]


def test_what_is_no_manifest_is_misuse(tmp_path: Path, capsys: Shown) -> None:
    assert main(["verify", str(tmp_path / "none.json")]) == 2
    assert "release/no-manifest" in capsys.readouterr().err
