"""Is this file the profile of a printing condition (ICC 特性文件)? What PR-31 asks, read from header and tag table.

Source of the layout: ICC.1:2001-12 (version 2) and ICC.1:2022 (version 4), clauses 6.1 and 6.2.
"""

import struct
from typing import Final

MAX_BYTES: Final = 4 << 20  # PR-32: the largest newsprint profiles have some 2 MB

_HEADER_BYTES: Final = 128
_MAX_TAGS: Final = 100
_NEEDED: Final = ("desc", "cprt", "wtpt", "A2B0", "A2B1", "B2A0", "B2A1")


def icc_fault(data: bytes, versions: tuple[int, ...] = (2, 4)) -> str | None:
    """What keeps `data` from being an output profile for four inks, in a few words; None where nothing does."""
    if len(data) < _HEADER_BYTES + 4 or data[36:40] != b"acsp":
        return "not an ICC profile"
    (length,) = struct.unpack_from(">L", data)
    if length != len(data):
        return f"says {length} bytes but has {len(data)}"
    if data[8] not in versions:
        return f"version {data[8]}, not {' or '.join(map(str, versions))}"
    for place, wanted, what in ((12, (b"prtr",), "class"), (16, (b"CMYK",), "space"), (20, (b"Lab ", b"XYZ "), "PCS")):
        found = data[place : place + 4]
        if found not in wanted:
            names = " or ".join(one.decode().strip() for one in wanted)
            return f"{what} {found.decode('latin-1').strip()!r}, not {names}"
    return _tag_fault(data)


def _tag_fault(data: bytes) -> str | None:
    (count,) = struct.unpack_from(">L", data, _HEADER_BYTES)
    if count > _MAX_TAGS or _HEADER_BYTES + 4 + 12 * count > len(data):
        return "a broken tag table"
    tags = {}
    for number in range(count):
        tag, offset, size = struct.unpack_from(">4sLL", data, _HEADER_BYTES + 4 + 12 * number)
        if offset + size > len(data):
            return f"the tag {tag.decode('latin-1')} reaches past the end"
        tags[tag.decode("latin-1")] = size
    missing = [tag for tag in _NEEDED if tag not in tags]
    return f"no {', '.join(missing)}" if missing else None
