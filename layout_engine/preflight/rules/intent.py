"""For which press the file is made (输出意图): PR-30 to PR-32."""

from hashlib import sha256
from typing import Final

from layout_engine.preflight import raw
from layout_engine.preflight.document import Document
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.findings import Found
from layout_engine.preflight.icc import IccHead, read_icc
from layout_engine.preflight.limits import MAX_SMALL_STREAM
from layout_engine.preflight.raw import Raw, entry, items, name, object_number, text

_NEEDED: Final = ("desc", "cprt", "wtpt", "A2B0", "A2B1", "B2A0", "B2A1")  # PR-31
_INKS: Final = 4
_REGISTERED: Final = frozenset(  # in the ICC's registry; those for newsprint, and what is often met in their place
    (
        "IFRA26",
        "JCN2002",
        "CGATS TR 002",
        "FOGRA42",
        "FOGRA48",
        "FOGRA39",
        "FOGRA51",
        "FOGRA52",
        "CGATS TR 001",
        "JC200103",
    )
)
_SHOWN: Final = 60


def check_intents(document: Document, found: Found) -> None:
    """PR-30: exactly one for PDF/X, with a condition that has a name."""
    intents = press_intents(document)
    if len(intents) != 1:
        found.add_file("preflight/intent-count", count=len(intents))
    for intent in intents:
        number = object_number(intent)
        if name(entry(intent, "/Type")) not in (None, "OutputIntent"):
            found.add_object("preflight/intent-key", number, key="Type")
        if not text(entry(intent, "/OutputConditionIdentifier")):
            found.add_object("preflight/intent-key", number, key="OutputConditionIdentifier")
        if text(entry(intent, "/OutputConditionIdentifier")) in _REGISTERED and not text(
            entry(intent, "/RegistryName")
        ):
            found.add_object("preflight/intent-key", number, key="RegistryName")
        elif not text(entry(intent, "/RegistryName")) and not text(entry(intent, "/Info")):
            found.add_object("preflight/intent-key", number, key="Info")
        if entry(intent, "/DestOutputProfileRef") is not None and found.standard == "X4":
            found.add_object("preflight/intent-outside", number)
        elif not raw.is_stream(entry(intent, "/DestOutputProfile")):
            is_named = text(entry(intent, "/RegistryName")) is not None
            if found.standard == "X4" or not is_named:
                found.add_object("preflight/intent-without-profile", number)


def check_profile(document: Document, found: Found) -> None:
    """PR-31: the embedded profile is that of a press with four inks, whole, of a version that the RIP reads."""
    for intent in press_intents(document):
        stream = entry(intent, "/DestOutputProfile")
        if not raw.is_stream(stream):
            continue
        number = object_number(stream)
        try:
            data = raw.unpacked(stream, MAX_SMALL_STREAM)
        except (TooLargeError, DamagedError):
            found.add_object("preflight/intent-profile", number, fault="cannot be unpacked")
            continue
        head = read_icc(data)
        for fault in _faults(head, data, raw.whole(entry(stream, "/N")), found):
            found.add_object("preflight/intent-profile", number, fault=fault)
    others = {object_number(entry(one, "/DestOutputProfile")) for one in _intents(document)} - {None}
    if len(others) > 1:
        found.add_file("preflight/intents-apart")


def check_condition(document: Document, found: Found) -> None:
    """PR-32: the condition is the one that was ordered, by its name and by its profile."""
    wanted = found.profile
    for intent in press_intents(document):
        condition = text(entry(intent, "/OutputConditionIdentifier")) or ""
        stream = entry(intent, "/DestOutputProfile")
        if condition != wanted.condition.identifier:
            found.add_object(
                "preflight/other-condition", object_number(intent), condition=condition[:_SHOWN] or "—",
                wanted=wanted.condition.identifier,
            )  # fmt: skip
        elif profile_digest(stream) not in (None, sha256(wanted.icc).digest()):
            found.add_object("preflight/other-profile", object_number(stream), condition=condition[:_SHOWN])


def press_intents(document: Document) -> tuple[Raw, ...]:
    """The output intents for PDF/X."""
    return tuple(one for one in _intents(document) if name(entry(one, "/S")) == "GTS_PDFX")


def own_profiles(document: Document) -> frozenset[bytes]:
    """What the profiles of those intents hash to."""
    digests = (profile_digest(entry(one, "/DestOutputProfile")) for one in press_intents(document))
    return frozenset(one for one in digests if one is not None)


def _intents(document: Document) -> tuple[Raw, ...]:
    return items(entry(document.root, "/OutputIntents"), 50)


def profile_digest(stream: Raw) -> bytes | None:
    """What an embedded profile hashes to; None where there is none or it cannot be unpacked."""
    if not raw.is_stream(stream):
        return None
    try:
        return sha256(raw.unpacked(stream, MAX_SMALL_STREAM)).digest()
    except (TooLargeError, DamagedError):
        return None


def _faults(head: IccHead | None, data: bytes, channels: int | None, found: Found) -> list[str]:
    if head is None:
        return ["not an ICC profile, or a broken one"]
    faults = []
    if head.size != len(data):
        faults.append(f"says {head.size} bytes but has {len(data)}")
    versions = (2,) if found.standard == "X1a" else (2, 4)
    if head.version not in versions:
        faults.append(f"version {head.version}")
    for what, value, allowed in (
        ("class", head.kind, ("prtr",)), ("space", head.space, ("CMYK",)), ("PCS", head.connection, ("Lab", "XYZ")),
    ):  # fmt: skip
        if value not in allowed:
            faults.append(f"{what} {value}, not {' or '.join(allowed)}")
    if channels != _INKS:
        faults.append(f"/N {channels}, not {_INKS}")
    missing = [tag for tag in _NEEDED if tag not in head.tags]
    if missing:
        faults.append(f"no {', '.join(missing)}")
    return faults
