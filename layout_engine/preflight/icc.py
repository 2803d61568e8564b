"""What an ICC profile in a file says of itself (ICC 特性文件): read anew here, apart from the code that embeds ours.

Source of the layout: ICC.1:2001-12 (version 2) and ICC.1:2022 (version 4), clauses 6.1 and 6.2.
"""

import struct
from typing import Final

import msgspec

_HEADER: Final = 128
_MAX_TAGS: Final = 200
_CHANNELS: Final = {"GRAY": 1, "RGB": 3, "Lab": 3, "CMYK": 4, "XYZ": 3}


class IccHead(msgspec.Struct, frozen=True):
    """Header and tags. `channels` is 0 for a space that is not known."""

    size: int
    version: int
    kind: str
    space: str
    connection: str
    tags: frozenset[str]

    @property
    def channels(self) -> int:
        return _CHANNELS.get(self.space, 0)


def read_icc(data: bytes) -> IccHead | None:
    """The head of a profile; None where it is none or its tag table is broken."""
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        return None
    size, count = struct.unpack_from(">L", data)[0], struct.unpack_from(">L", data, _HEADER)[0]
    if count > _MAX_TAGS or _HEADER + 4 + 12 * count > len(data):
        return None
    tags = set()
    for number in range(count):
        tag, offset, length = struct.unpack_from(">4sLL", data, _HEADER + 4 + 12 * number)
        if offset + length > len(data):
            return None
        tags.add(tag.decode("latin-1"))
    kind, space, connection = (data[at : at + 4].decode("latin-1").strip() for at in (12, 16, 20))
    return IccHead(size, data[8], kind, space, connection, frozenset(tags))
