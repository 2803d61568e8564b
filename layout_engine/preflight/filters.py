"""What is packed in a stream (解压): each filter undone in pieces, so that a bomb is never in memory at once.

Written anew here, apart from what packs our own files and from the library that opens foreign ones: that library
unpacks a stream whole. Filters of pictures (DCT, CCITT, JBIG2, JPX) are not undone.
"""

import binascii
import re
import zlib
from base64 import a85decode
from collections.abc import Callable, Iterator
from typing import Final

_PIECE: Final = 1 << 20
_CLEAR: Final = 256  # LZW: the table begins anew
_END: Final = 257
_FIRST: Final = 258
_MOST_CODES: Final = 4096
_WHITE: Final = re.compile(rb"[\0\t\n\f\r ]+")


class TooLargeError(Exception):
    """A stream unpacks to more than the caller takes."""


class DamagedError(Exception):
    """A stream cannot be unpacked."""


def unfilter(data: bytes, chain: tuple[str, ...], most: int) -> Iterator[bytes]:
    """The data with the filters of `chain` undone, in pieces, at most so many bytes after each of them."""
    for number, one in enumerate(chain):
        undo = _UNDO.get(one)
        if undo is None:
            raise DamagedError
        if number == len(chain) - 1:
            yield from bounded(undo(data), most)
            return
        data = b"".join(bounded(undo(data), most))
    yield from bounded(iter((data,)), most)


def bounded(source: Iterator[bytes], most: int) -> Iterator[bytes]:
    """The pieces, as long as they come to no more than `most`; then TooLargeError."""
    size = 0
    for piece in source:
        size += len(piece)
        if size > most:
            raise TooLargeError
        yield piece


def _inflate(data: bytes) -> Iterator[bytes]:
    machine = zlib.decompressobj()
    try:
        while data and not machine.eof:
            yield machine.decompress(data, _PIECE)
            data = machine.unconsumed_tail
        if not machine.eof:
            yield machine.flush()
    except zlib.error as error:
        raise DamagedError from error
    if not machine.eof:
        raise DamagedError


def _unhex(data: bytes) -> Iterator[bytes]:
    digits = _WHITE.sub(b"", data.partition(b">")[0])
    try:
        yield binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except binascii.Error as error:
        raise DamagedError from error


def _un85(data: bytes) -> Iterator[bytes]:
    try:
        yield a85decode(data.partition(b"~")[0].lstrip(b"<"), ignorechars=b"\0\t\n\f\r ")
    except ValueError as error:
        raise DamagedError from error


def _unrun(data: bytes) -> Iterator[bytes]:
    """Runs: a length below 128 and so many bytes and one, or above it and one byte so many times (7.4.5)."""
    at = 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        if length < 128:
            yield data[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            yield data[at + 1 : at + 2] * (257 - length)
            at += 2


def _unlzw(data: bytes) -> Iterator[bytes]:
    """LZW with codes of 9 to 12 bits, which widen one code early (7.4.4)."""
    table: list[bytes] = [bytes((one,)) for one in range(256)] + [b"", b""]
    width, bits, held, before = 9, 0, 0, b""
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == _END:
            return
        if code == _CLEAR:
            del table[_FIRST:]
            width, before = 9, b""
            continue
        if code < len(table):
            found = table[code]
        elif code == len(table) and before:
            found = before + before[:1]
        else:
            raise DamagedError
        yield found
        if before and len(table) < _MOST_CODES:
            table.append(before + found[:1])
        before = found
        width = min(12, max(9, (len(table) + 1).bit_length()))


_UNDO: Final[dict[str, Callable[[bytes], Iterator[bytes]]]] = {
    "FlateDecode": _inflate,
    "ASCIIHexDecode": _unhex,
    "ASCII85Decode": _un85,
    "RunLengthDecode": _unrun,
    "LZWDecode": _unlzw,
}
