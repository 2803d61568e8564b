"""Small ICC profiles made here: a press for coated paper that a CMYK picture may name, a grey scale with a curve."""

import struct
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

D50: Final = (0.9642, 1.0, 0.8249)

# CIELAB of the sixteen overprints on coated paper, by what lies on it (rounded from what coated offset is known for).
COATED: Final = {
    "": (95, 0, -2), "C": (55, -37, -50), "M": (48, 74, -3), "Y": (89, -5, 93), "MY": (47, 68, 48),
    "CY": (50, -68, 33), "CM": (24, 22, -46), "CMY": (23, 0, 0), "K": (16, 0, 0), "CK": (12, -4, -6),
    "MK": (11, 8, 0), "YK": (14, 0, 6), "MYK": (10, 7, 3), "CYK": (10, -5, 2), "CMK": (6, 2, -5), "CMYK": (4, 0, 0),
}  # fmt: skip


def profile(space: bytes, kind: bytes, tags: Mapping[str, bytes]) -> bytes:
    """An ICC profile of version 2 with these tags, the name among them as `desc`."""
    body, places = b"", {}
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        places[tag] = (start + len(body), len(data))
        body += padded
    table = b"".join(struct.pack(">4sLL", tag.encode(), *place) for tag, place in places.items())
    size = start + len(body)
    head = struct.pack(
        ">L4sL4s4s4s6H4s4sL4sLLQL3L", size, b"none", 0x02400000, kind, space, b"Lab " if space == b"CMYK" else b"XYZ ",
        2024, 5, 21, 0, 0, 0, b"acsp", b"APPL", 0, b"none", 0, 0, 0, 1, *(round(one * 65536) for one in D50),
    )  # fmt: skip
    return head + bytes(128 - len(head)) + struct.pack(">L", len(tags)) + table + body


def named(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return struct.pack(">4sLL", b"desc", 0, len(text)) + text + bytes(78)


def _xyz(values: Sequence[float]) -> bytes:
    return struct.pack(">4sL3l", b"XYZ ", 0, *(round(one * 65536) for one in values))


_IDENTITY: Final = struct.pack(">9l", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)


def lut8(inputs: int, outputs: int, grid: int, nodes: bytes, ramp: bytes = bytes(range(256))) -> bytes:
    """A lut8Type with straight curves but for the output's `ramp`."""
    head = struct.pack(">4sLBBBx", b"mft1", 0, inputs, outputs, grid) + _IDENTITY
    return head + bytes(range(256)) * inputs + nodes + ramp * outputs


def lut16(inputs: int, outputs: int, grid: int, nodes: Sequence[int]) -> bytes:
    """A lut16Type with straight curves of two points."""
    head = struct.pack(">4sLBBBx", b"mft2", 0, inputs, outputs, grid) + _IDENTITY + struct.pack(">HH", 2, 2)
    line = struct.pack(">HH", 0, 65535)
    return head + line * inputs + struct.pack(f">{len(nodes)}H", *nodes) + line * outputs


def coated_press(b2a: bytes = b"") -> bytes:
    """A CMYK profile for coated paper, by the sixteen overprints; its separation, if any, is `b2a`."""
    nodes = bytearray()
    for inks in product((0, 1), repeat=4):
        lightness, a, b = COATED["".join(name for name, on in zip("CMYK", inks, strict=True) if on)]
        nodes += bytes((round(lightness * 2.55), a + 128, b + 128))
    table = lut8(4, 3, 2, bytes(nodes))
    separation = b2a or lut8(3, 4, 2, bytes(4 * 8))
    tags = {
        "desc": named("Coated test press"), "cprt": b"text\0\0\0\0none\0", "wtpt": _xyz(D50),
        "A2B0": table, "A2B1": table, "B2A0": separation, "B2A1": separation,
    }  # fmt: skip
    return profile(b"CMYK", b"prtr", tags)


def grey_scale(gamma: float) -> bytes:
    """A grey profile of this gamma."""
    curve = struct.pack(">4sLLH", b"curv", 0, 1, round(gamma * 256))
    tags = {"desc": named(f"Grey {gamma}"), "cprt": b"text\0\0\0\0none\0", "wtpt": _xyz(D50), "kTRC": curve}
    return profile(b"GRAY", b"mntr", tags)
