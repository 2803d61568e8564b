"""Sign-offs bound to what was seen (签样): who signed which page in which role, and whether it still is that page.

A signature covers the content hash of the very page that was looked at (scene/record.py). Any visible change makes it
stale; a comment in a spec, or another page, does not.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.release.keys import Key, is_signed
from layout_engine.spec.model_signoff import SignoffSpec

FORMAT: Final = 1
# 三审: what is asked for where the house does not say who signs.
DEFAULT: Final = SignoffSpec(roles={"初审": (), "复审": (), "终审": ()})

_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says by signing: this page, as it is in this revision, in this role. `at` is the signer's clock."""

    format: int
    paper: str
    date: str
    page: int
    revision: int
    content: str
    role: str
    by: str
    at: str


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement with the signature of its bytes; without one only a name stands for it."""

    statement: Statement
    public: str = ""
    signature: str = ""


State: TypeAlias = Literal["valid", "unsigned", "stale", "missing", "forged"]


class RoleState(msgspec.Struct, frozen=True):
    """How it stands with one role of one page. `unsigned`: valid, but a name alone; `signature` is the latest."""

    page: int
    role: str
    state: State
    signature: Signature | None = None


def sign(statement: Statement, key: Key | None) -> Signature:
    """The statement signed with `key`, or with a name alone."""
    if key is None:
        return Signature(statement)
    return Signature(statement, key.public, key.sign(message_of(statement)))


def message_of(statement: Statement) -> bytes:
    """The bytes that are signed."""
    return _ENCODER.encode(statement)


def encode_signature(signature: Signature) -> str:
    """A signature as the store keeps it."""
    return _ENCODER.encode(signature).decode()


def decode_signature(text: str) -> Signature | None:
    """A signature from the store; None for what is none."""
    try:
        return msgspec.json.decode(text, type=Signature)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def takes_names_alone(spec: SignoffSpec) -> bool:
    """Whether somebody without a key may sign with a name alone."""
    return spec.unsigned if isinstance(spec.unsigned, bool) else not spec.keys


def check_signing(
    spec: SignoffSpec, statement: Statement, key: Key | None, states: Sequence[RoleState]
) -> tuple[Diagnostic, ...]:
    """Why this signature may not be given: role, person, key, order; nothing where it may. `states` are the page's."""
    role, by, found = statement.role, statement.by, []
    if role not in spec.roles:
        return (diagnose("sign/no-such-role", None, role=role, known="、".join(spec.roles)),)
    people = spec.roles[role]
    if people and by not in people:
        found.append(diagnose("sign/not-of-role", None, by=by, role=role, people="、".join(people)))
    if by in spec.keys:
        if key is None:
            found.append(diagnose("sign/key-wanted", None, by=by))
        elif key.public != spec.keys[by]:
            found.append(diagnose("sign/other-key", None, by=by))
    elif key is not None:
        found.append(diagnose("sign/key-unknown", None, by=by, public=key.public))
    elif not takes_names_alone(spec):
        found.append(diagnose("sign/key-wanted", None, by=by))
    if spec.in_order:
        order = list(spec.roles)
        before = [one.role for one in states if one.state not in ("valid", "unsigned")]
        waiting = [one for one in order[: order.index(role)] if one in before]
        if waiting:
            found.append(diagnose("sign/out-of-order", None, role=role, before="、".join(waiting), page=statement.page))
    return tuple(found)


def check_releaser(spec: SignoffSpec, by: str, key: Key | None) -> tuple[Diagnostic, ...]:
    """Why the manifest may not be signed with this key in this name; without a key a name alone stands on it."""
    if key is None or spec.keys.get(by) == key.public:
        return ()
    if by in spec.keys:
        return (diagnose("sign/other-key", None, by=by),)
    return (diagnose("sign/key-unknown", None, by=by, public=key.public),)


def states_of(spec: SignoffSpec, signatures: Sequence[Signature], contents: Mapping[int, str]) -> tuple[RoleState, ...]:
    """For each page of `contents` (its content hash as it is now) and each role, how it stands.

    Of several signatures in a role the last counts, as given.
    """
    last: dict[tuple[int, str], Signature] = {}
    for one in signatures:
        last[one.statement.page, one.statement.role] = one
    return tuple(
        RoleState(page, role, _state(spec, last.get((page, role)), content), last.get((page, role)))
        for page, content in contents.items()
        for role in spec.roles
    )


def _state(spec: SignoffSpec, signature: Signature | None, content: str) -> State:
    if signature is None:
        return "missing"
    statement = signature.statement
    known = spec.keys.get(statement.by)
    if signature.signature:
        if known != signature.public or not is_signed(known, message_of(statement), signature.signature):
            return "forged"
    elif known is not None or not takes_names_alone(spec):
        return "forged"
    people = spec.roles[statement.role]
    if statement.format != FORMAT or (people and statement.by not in people):
        return "forged"
    if statement.content != content:
        return "stale"
    return "valid" if signature.signature else "unsigned"
