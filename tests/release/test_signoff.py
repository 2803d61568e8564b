"""签样: a signature holds for the page that was seen, for its signer and in its order, and for nothing else."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.release.keys import Key, is_signed, make_key, read_key
from layout_engine.release.signoff import (
    DEFAULT,
    FORMAT,
    RoleState,
    Signature,
    State,
    Statement,
    check_signing,
    decode_signature,
    encode_signature,
    sign,
    states_of,
)
from layout_engine.spec.model_signoff import SignoffSpec

replace = msgspec.structs.replace
SEEN, CHANGED = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    made = make_key(tmp_path_factory.mktemp("keys") / "wang.key").value
    assert made is not None
    return made


def statement(role: str = "初审", by: str = "王静", content: str = SEEN, page: int = 1) -> Statement:
    return Statement(FORMAT, "新即墨", "2024-05-21", page, 3, content, role, by, "2024-05-20T22:00:00+08:00")


def states(spec: SignoffSpec, *signatures: Signature, content: str = SEEN) -> dict[str, State]:
    return {one.role: one.state for one in states_of(spec, signatures, {1: content})}


def codes(spec: SignoffSpec, said: Statement, key: Key | None, states: tuple[RoleState, ...] = ()) -> list[str]:
    return [one.code for one in check_signing(spec, said, key, states)]


def with_key(key: Key) -> SignoffSpec:
    return SignoffSpec(roles={"初审": ("王静", "刘帅"), "终审": ()}, keys={"王静": key.public})


def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "own" / "wang.key"
    made = make_key(path).value
    assert made is not None
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    read = read_key(path)
    assert read.value is not None
    assert (read.value.public, read.diagnostics) == (made.public, ())


def test_a_key_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "wang.key"
    make_key(path)
    before = path.read_bytes()
    again = make_key(path)
    assert (again.value, [one.code for one in again.diagnostics]) == (None, ["sign/key-exists"])
    assert path.read_bytes() == before


def test_a_key_that_others_can_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "wang.key"
    make_key(path)
    path.chmod(0o644)
    assert [one.code for one in read_key(path).diagnostics] == ["sign/key-open"]


@pytest.mark.parametrize("data", [None, b"", b"-----BEGIN PRIVATE KEY-----\nMC4\n", b"\xff" * 20_000])
def test_what_is_no_key_is_told(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.key"
    if data is not None:
        path.write_bytes(data)
    read = read_key(path)
    assert (read.value, [one.code for one in read.diagnostics][:1]) == (None, ["sign/no-key"])


def test_a_signature_is_of_one_message_by_one_key(key: Key, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key").value
    assert other is not None
    signature = key.sign(b"page one")
    assert is_signed(key.public, b"page one", signature)
    assert not is_signed(key.public, b"page two", signature)
    assert not is_signed(other.public, b"page one", signature)


@given(st.text(max_size=80), st.text(max_size=120))
def test_whatever_is_malformed_is_no_signature(public: str, signature: str) -> None:
    assert not is_signed(public, b"page", signature)


def test_a_signature_comes_back_from_the_store_as_it_was(key: Key) -> None:
    signed = sign(statement(), key)
    assert decode_signature(encode_signature(signed)) == signed
    assert decode_signature("{}") is None
    assert decode_signature("no json") is None


def test_a_signature_is_valid_until_the_page_changes(key: Key) -> None:
    signed = sign(statement(), key)
    assert states(with_key(key), signed) == {"初审": "valid", "终审": "missing"}
    assert states(with_key(key), signed, content=CHANGED) == {"初审": "stale", "终审": "missing"}


def test_the_last_signature_in_a_role_counts(key: Key) -> None:
    old, new = sign(statement(content=CHANGED), key), sign(statement(), key)
    assert states(with_key(key), old, new)["初审"] == "valid"
    assert states(with_key(key), new, old)["初审"] == "stale"


def test_a_name_alone_counts_where_the_paper_has_no_keys_and_is_told_apart() -> None:
    assert states(DEFAULT, sign(statement(), None))["初审"] == "unsigned"


TAMPERED: dict[str, Callable[[Signature], Signature]] = {
    "another content": lambda one: replace(one, statement=replace(one.statement, content=CHANGED)),
    "another role": lambda one: replace(one, statement=replace(one.statement, role="终审")),
    "another name": lambda one: replace(one, statement=replace(one.statement, by="刘帅")),
    "no signature": lambda one: replace(one, signature=""),
    "another signature": lambda one: replace(one, signature="A" * 86 + "=="),
}


@pytest.mark.parametrize("change", TAMPERED)
def test_a_signature_that_was_edited_does_not_count(change: str, key: Key) -> None:
    content = CHANGED if change == "another content" else SEEN
    edited = TAMPERED[change](sign(statement(), key))
    assert set(states(with_key(key), edited, content=content).values()) <= {"forged", "missing"}


def test_a_name_alone_does_not_count_where_the_house_has_keys(key: Key) -> None:
    assert states(with_key(key), sign(statement(by="刘帅"), None))["初审"] == "forged"


def test_who_may_sign_is_what_the_house_says(key: Key, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key").value
    spec = with_key(key)
    assert codes(spec, statement(), key) == []
    assert codes(spec, statement(role="主编"), key) == ["sign/no-such-role"]
    assert codes(spec, statement(by="孙伟"), key) == ["sign/not-of-role", "sign/key-unknown"]
    assert codes(spec, statement(), None) == ["sign/key-wanted"]
    assert codes(spec, statement(), other) == ["sign/other-key"]
    assert codes(spec, statement(by="刘帅"), None) == ["sign/key-wanted"]
    assert codes(DEFAULT, statement(), None) == []


def test_nobody_signs_before_those_above() -> None:
    none = states_of(DEFAULT, (), {1: SEEN})
    first = states_of(DEFAULT, [sign(statement(), None)], {1: SEEN})
    changed = states_of(DEFAULT, [sign(statement(), None)], {1: CHANGED})
    assert codes(DEFAULT, statement("复审"), None, none) == ["sign/out-of-order"]
    assert codes(DEFAULT, statement("复审"), None, first) == []
    assert codes(DEFAULT, statement("复审"), None, changed) == ["sign/out-of-order"]
    at_any_time = replace(DEFAULT, in_order=False)
    assert codes(at_any_time, statement("终审"), None, none) == []
