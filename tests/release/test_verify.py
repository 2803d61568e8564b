"""验收: with the files alone the printer sees whether they are what was released; one bit turned over is named."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout_engine.release.keys import Key, make_key
from layout_engine.release.manifest import FORMAT, Manifest, ReleasedPage, decode_manifest, encode_manifest, seal
from layout_engine.release.signoff import FORMAT as SIGNED
from layout_engine.release.signoff import Statement, sign
from layout_engine.release.verify import verify

replace = msgspec.structs.replace
FILES = {"xinjimo-20240521-01.pdf": b"%PDF-1.6 page one" * 50, "xinjimo-20240521-02.pdf": b"%PDF-1.6 page two" * 50}
PAPER, DATE = "新即墨", "2024-05-21"
CONTENTS = {1: "a" * 64, 2: "b" * 64}


def manifest(key: Key | None) -> Manifest:
    pages = tuple(
        ReleasedPage(number, "要闻", name, len(data), sha256(data).hexdigest(), CONTENTS[number])
        for number, (name, data) in enumerate(FILES.items(), start=1)
    )
    at = "2024-05-20T23:00:00+08:00"
    said = (Statement(SIGNED, PAPER, DATE, page, 1, content, "终审", "孙伟", at) for page, content in CONTENTS.items())
    signatures = tuple(sign(one, key) for one in said)
    plain = Manifest(
        FORMAT, "0.1.0", PAPER, DATE, 3026, "pdfx4", "PDF/X-4", "IFRA26", "c" * 64, pages, {}, {}, signatures,
        by="孙伟",
    )  # fmt: skip
    return seal(plain, key)


@pytest.fixture
def key(tmp_path: Path) -> Key:
    made = make_key(tmp_path / "sun.key").value
    assert made is not None
    return made


def released(folder: Path, one: Manifest) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    path = folder / "manifest.json"
    path.write_bytes(encode_manifest(one))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out"


def codes(path: Path) -> list[str]:
    return [one.code for one in verify(path).diagnostics]


def test_what_was_released_verifies_without_a_word(key: Key, tmp_path: Path) -> None:
    path = released(tmp_path / "out", manifest(key))
    assert codes(path) == []
    assert verify(path).holds


def test_a_paper_without_keys_is_told_so(tmp_path: Path) -> None:
    path = released(tmp_path / "out", manifest(None))
    assert codes(path) == ["release/unsigned", *["release/name-alone"] * 2]
    assert verify(path).holds


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(draw=st.data())
def test_one_bit_turned_over_in_a_page_names_the_page(draw: st.DataObject, folder: Path) -> None:
    path = released(folder, manifest(None))
    name = draw.draw(st.sampled_from(sorted(FILES)))
    changed = bytearray(FILES[name])
    at = draw.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= 1 << draw.draw(st.integers(0, 7))
    (folder / name).write_bytes(changed)
    found = [one for one in verify(path).diagnostics if one.severity == "error"]
    assert [(one.code, dict(one.values)["file"]) for one in found] == [("release/file-differs", name)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(draw=st.data())
def test_one_bit_turned_over_in_the_manifest_is_seen(draw: st.DataObject, folder: Path) -> None:
    path = released(folder, manifest(None))
    whole = encode_manifest(manifest(None))
    changed = bytearray(whole)
    at = draw.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= 1 << draw.draw(st.integers(0, 7))
    path.write_bytes(changed)
    same = decode_manifest(bytes(changed)).value == decode_manifest(whole).value  # white space between values
    assert verify(path).holds == same


EXCHANGED: dict[str, Callable[[Manifest], Manifest]] = {
    "a page's content": lambda one: replace(one, pages=(replace(one.pages[0], content="d" * 64), *one.pages[1:])),
    "a signer": lambda one: replace(
        one,
        signatures=(
            replace(one.signatures[0], statement=replace(one.signatures[0].statement, by="别人")),
            *one.signatures[1:],
        ),
    ),
    "who released it": lambda one: replace(one, by="别人"),
}


@pytest.mark.parametrize("change", EXCHANGED)
def test_a_manifest_that_was_edited_and_sealed_anew_is_found_out_by_its_signatures(
    change: str, key: Key, tmp_path: Path
) -> None:
    edited = EXCHANGED[change](manifest(key))
    public, signature = edited.public, edited.signature
    sealed = seal(edited)
    forged = replace(sealed, public=public, signature=signature)
    plain = msgspec.json.Encoder(order="deterministic").encode(replace(forged, seal=""))
    again = replace(forged, seal=sha256(plain).hexdigest())
    path = released(tmp_path / "out", again)
    assert not verify(path).holds


def test_a_page_that_is_not_there_is_named(key: Key, tmp_path: Path) -> None:
    path = released(tmp_path / "out", manifest(key))
    (path.parent / "xinjimo-20240521-02.pdf").unlink()
    assert codes(path) == ["release/file-missing"]


def test_who_knows_the_key_of_the_paper_takes_no_manifest_of_another(key: Key, tmp_path: Path) -> None:
    path = released(tmp_path / "out", manifest(key))
    assert verify(path, key.public).holds
    other = make_key(tmp_path / "other.key").value
    assert other is not None
    for forged in (manifest(other), manifest(None)):
        path = released(tmp_path / "out", forged)
        assert "release/other-key" in [one.code for one in verify(path, key.public).diagnostics]
        assert not verify(path, key.public).holds


HOSTILE: dict[str, Callable[[Manifest], Manifest]] = {
    "no page": lambda one: replace(one, pages=()),
    "a page twice": lambda one: replace(one, pages=(one.pages[0], one.pages[0])),
    "a file twice": lambda one: replace(one, pages=tuple(replace(each, file="a.pdf") for each in one.pages)),
    "a command to the terminal": lambda one: replace(one, paper="\x1b[2J"),
    "a text that runs backwards": lambda one: replace(one, by="\u202e孙伟"),
}


@pytest.mark.parametrize("change", HOSTILE)
def test_a_manifest_that_no_release_writes_is_none(change: str, tmp_path: Path) -> None:
    path = released(tmp_path / "out", seal(HOSTILE[change](manifest(None))))
    assert codes(path) == ["release/no-manifest"]


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/passwd", "a/b.pdf", ".hidden", "", "页.pdf"])
def test_a_manifest_reaches_for_no_file_elsewhere(name: str, tmp_path: Path) -> None:
    one = manifest(None)
    edited = seal(replace(one, pages=(replace(one.pages[0], file=name),)))
    assert codes(released(tmp_path / "out", edited)) == ["release/no-manifest"]


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b'{"format": 9}', b"\xff"])
def test_what_is_no_manifest_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(data)
    assert codes(path) == ["release/no-manifest"]


def test_the_same_release_has_the_same_bytes() -> None:
    assert encode_manifest(manifest(None)) == encode_manifest(manifest(None))
