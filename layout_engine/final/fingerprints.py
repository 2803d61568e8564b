"""When are two things in two files the same (比对)? Digests that do not depend on how the files number their objects.

Where that cannot be told, the answer is "not the same": a plate too many is made again, and never one too few.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec

from layout_engine.preflight import raw
from layout_engine.preflight.colors import PROCESS, Space
from layout_engine.preflight.filters import DamagedError, TooLargeError
from layout_engine.preflight.limits import MAX_NESTED
from layout_engine.preflight.painted import Image
from layout_engine.preflight.raw import Raw, entry

_MAX_OBJECTS: Final = 50_000  # of one thing
_MAX_PIXEL_BYTES: Final = 512 << 20  # of one picture
_UNREAD: Final = frozenset(("DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"))
_PASSED_OVER: Final = frozenset(("Length", "Parent", "StructParent", "StructParents"))


class UntellableError(Exception):
    """Nothing can be said of what this is."""


class Channel(msgspec.Struct, frozen=True):
    """What a picture puts on one plate: a digest of its values, and whether there is any ink in them."""

    plate: str
    digest: bytes
    inked: bool


def fingerprint(value: Raw) -> bytes:
    """The digest of a value with all that it leads to. Raises UntellableError where that is too much or broken."""
    digest = sha256()
    for piece in _written(value, [], [_MAX_OBJECTS]):
        digest.update(piece)
    return digest.digest()


def _written(value: Raw, above: list[int], left: list[int]) -> Iterator[bytes]:
    """The value written out; what leads back to something above is said by how far above it is."""
    left[0] -= 1
    if left[0] < 0 or len(above) > MAX_NESTED:
        raise UntellableError
    number = raw.object_number(value)
    if number is not None and number in above:
        yield b"^%d" % above[::-1].index(number)
        return
    inside = above if number is None else [*above, number]
    if raw.is_array(value):
        yield b"["
        for one in value:
            yield from _written(one, inside, left)
        yield b"]"
    elif raw.dictionary(value) is not None:
        yield b"<<"
        for key, one in raw.entries(value):
            if key not in _PASSED_OVER:
                yield key.encode(errors="surrogateescape") + b" "
                yield from _written(one, inside, left)
        yield b">>"
        if raw.is_stream(value):
            try:
                yield sha256(raw.packed(value)).digest()
            except (DamagedError, TooLargeError) as error:
                raise UntellableError from error
    else:
        yield repr(value).encode(errors="surrogateescape") + b" "


def channels(image: Image) -> tuple[Channel, ...]:
    """What a picture puts on each plate. Raises UntellableError where its colours are not those of plates."""
    if image.raw is None or image.space is None:
        raise UntellableError
    shape = repr((image.width, image.height, image.bits, _decode(image))).encode()
    shape += b"".join(fingerprint(mask) for key in ("/SMask", "/Mask") if (mask := entry(image.raw, key)) is not None)
    plates = _plates(image.space)
    data = _pixels(image.raw) if image.bits == 8 and image.space.family != "Indexed" else None
    if data is None or len(data) != image.width * image.height * len(plates):
        whole = sha256(shape + fingerprint(image.raw)).digest()
        return tuple(Channel(plate, whole, True) for plate in plates)
    bare = _bare(image)
    found = []
    for at, plate in enumerate(plates):
        values = data[at :: len(plates)]
        inked = bare is None or values.count(bare[at]) != len(values)
        found.append(Channel(plate, sha256(shape + values).digest(), inked))
    return tuple(found)


def _plates(space: Space) -> tuple[str, ...]:
    match space.family:
        case "DeviceGray":
            return ("Black",)
        case "DeviceCMYK":
            return PROCESS
        case "Separation" | "DeviceN":
            return space.inks
        case "Indexed" if space.base is not None:
            return _plates(space.base)
        case _:
            raise UntellableError


def _pixels(stream: Raw) -> bytes | None:
    """The values of a picture; None where only a decoder of pictures could read them."""
    if not _UNREAD.isdisjoint(raw.filters(stream)):
        return None
    try:
        return raw.unpacked(stream, _MAX_PIXEL_BYTES)
    except (DamagedError, TooLargeError):
        return None


def _decode(image: Image) -> tuple[float | None, ...]:
    return tuple(raw.number(one) for one in raw.items(entry(image.raw, "/Decode"), 64))


def _bare(image: Image) -> tuple[int, ...] | None:
    """The value of each channel that leaves the paper bare; None where that is not one value."""
    count = len(_plates(image.space)) if image.space else 0
    decode = _decode(image) or (0.0, 1.0) * count
    if len(decode) != 2 * count:
        return None
    zero = 1.0 if image.space is not None and image.space.family == "DeviceGray" else 0.0
    pairs = [(decode[at], decode[at + 1]) for at in range(0, 2 * count, 2)]
    if any(pair not in ((0.0, 1.0), (1.0, 0.0)) for pair in pairs):
        return None
    return tuple(0 if low == zero else 255 for low, _ in pairs)
