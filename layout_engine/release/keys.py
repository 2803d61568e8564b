"""The key with which a person signs (密钥): Ed25519, in a file of that person's; the house knows the public half."""

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from layout_engine.base.diagnostics import Outcome, diagnose

_SCHEME: Final = "ed25519:"
_MAX_BYTES: Final = 10_000
_OWNER_ONLY: Final = 0o600
_OTHERS: Final = 0o077


class Key:
    """A private key; its public half as the house's spec has it."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = _SCHEME + b64encode(raw).decode()

    def sign(self, message: bytes) -> str:
        """The signature of `message`, in Base64."""
        return b64encode(self._private.sign(message)).decode()


def make_key(path: Path) -> Outcome[Key]:
    """A new key in a new file that only its owner may read; one that is there is never overwritten."""
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        return Outcome(None, (diagnose("sign/key-exists", None, path=path.name),))
    with os.fdopen(opened, "wb") as stream:
        stream.write(data)
    return Outcome(Key(key))


def read_key(path: Path) -> Outcome[Key]:
    """The key in a file; None where there is none, with the reason. One that others may read is told."""
    try:
        with path.open("rb") as stream:
            data, mode = stream.read(_MAX_BYTES + 1), os.fstat(stream.fileno()).st_mode
    except OSError as error:
        return Outcome(None, (diagnose("sign/no-key", None, path=path.name, reason=error.strerror or ""),))
    try:
        private = load_pem_private_key(data[:_MAX_BYTES], None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        return Outcome(None, (diagnose("sign/no-key", None, path=path.name, reason="no Ed25519 key in PEM"),))
    open_to_others = os.name == "posix" and mode & _OTHERS
    found = (diagnose("sign/key-open", None, path=path.name),) if open_to_others else ()
    return Outcome(Key(private), found)


def is_signed(public: str, message: bytes, signature: str) -> bool:
    """Whether `signature` is that of `message` by the owner of `public`; whatever is malformed is not."""
    try:
        raw = b64decode(public.removeprefix(_SCHEME), validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(b64decode(signature, validate=True), message)
    except (InvalidSignature, NotBase64, ValueError):
        return False
    return public.startswith(_SCHEME)
