"""What a value of a foreign PDF is (原始值): nothing here trusts a type, a length or a filter.

pikepdf hands out dictionaries, arrays, names and numbers of all kinds where any may stand; each function asks for one
kind and answers None for all others.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import isfinite
from typing import Any, Final, TypeAlias

import pikepdf

from layout_engine.preflight.filters import DamagedError, TooLargeError, bounded, unfilter
from layout_engine.preflight.limits import MAX_PREDICTED, MAX_RAW_BYTES
from layout_engine.preflight.plane import Box, Matrix

Raw: TypeAlias = Any  # a PDF value as pikepdf gives it

_LARGEST: Final = 1e9  # a longer number is no length on paper

_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAMED: Final = re.compile(rb"/([!-~]+?)(?=[\s/<>\[\]()]|$)")

_SHORT: Final = {"Fl": "FlateDecode", "AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "RL": "RunLengthDecode",
                 "LZW": "LZWDecode", "DCT": "DCTDecode", "CCF": "CCITTFaxDecode"}  # fmt: skip


def number(value: Raw) -> float | None:
    """A number of sensible size."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    result = float(value)
    return result if isfinite(result) and abs(result) < _LARGEST else None


def whole(value: Raw) -> int | None:
    """A whole number of sensible size."""
    result = number(value)
    return int(result) if result is not None and result == int(result) else None


def numbers(value: Raw, count: int) -> tuple[float, ...] | None:
    """An array of so many numbers."""
    if not is_array(value) or len(value) != count:
        return None
    found = tuple(one for item in value if (one := number(item)) is not None)
    return found if len(found) == count else None


def name(value: Raw) -> str | None:
    """A name without its solidus. Chinese names are often bytes of GBK, whatever the standard says."""
    if not isinstance(value, pikepdf.Name):
        return None
    try:
        return str(value)[1:]
    except UnicodeDecodeError:
        written = _ESCAPED.sub(lambda match: bytes((int(match[1], 16),)), value.unparse()[1:])
        return written.decode("gbk", errors="replace")


def text(value: Raw) -> str | None:
    """A text string."""
    if isinstance(value, pikepdf.String):
        return decoded(bytes(value))
    return value if isinstance(value, str) else None


def decoded(data: bytes) -> str:
    """The bytes of a text string as text (ISO 32000-1, 7.9.2.2); a broken one is no text."""
    try:
        return str(pikepdf.String(data))
    except ValueError:
        return ""


def is_array(value: Raw) -> bool:
    return isinstance(value, pikepdf.Array)


def is_stream(value: Raw) -> bool:
    return isinstance(value, pikepdf.Stream)


def items(value: Raw, most: int = 10_000) -> tuple[Raw, ...]:
    """The items of an array, so many at most; of anything else, nothing."""
    return tuple(value[at] for at in range(min(len(value), most))) if is_array(value) else ()


def dictionary(value: Raw) -> Raw | None:
    """A dictionary; of a stream, its own."""
    if isinstance(value, pikepdf.Dictionary):
        return value
    return value.stream_dict if is_stream(value) else None


def entry(value: Raw, key: str) -> Raw:
    """What a dictionary or stream has under `key` (with its solidus); None where it has nothing or is neither."""
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        return value.get(key)
    return None


def entries(value: Raw) -> Iterator[tuple[str, Raw]]:
    """Keys without their solidus, and values, of a dictionary or stream."""
    held = dictionary(value)
    if held is None:
        return
    try:
        keys = sorted(held.keys())
    except UnicodeDecodeError:  # one of them is no UTF-8; the others are told all the same
        named = {f"/{one.decode('ascii')}" for one in _NAMED.findall(held.unparse())}
        keys = sorted(one for one in named if one in held)
    for key in keys:
        yield key[1:], held[key]


def object_number(value: Raw) -> int | None:
    """The number of an indirect object."""
    if isinstance(value, pikepdf.Object):
        found = value.objgen[0]
        return found or None
    return None


def box(value: Raw) -> Box | None:
    """A rectangle with its corners in order; None where it is none or is empty."""
    four = numbers(value, 4)
    if four is None:
        return None
    x0, x1 = sorted((four[0], four[2]))
    y0, y1 = sorted((four[1], four[3]))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def matrix(value: Raw) -> Matrix | None:
    """Six numbers."""
    six = numbers(value, 6)
    return None if six is None else (six[0], six[1], six[2], six[3], six[4], six[5])


def filters(stream: Raw) -> tuple[str, ...]:
    """The filters of a stream by their long names, in the order in which they are to be undone."""
    found = entry(stream, "/Filter")
    names = (found,) if name(found) is not None else items(found, 8)
    return tuple(_SHORT.get(known, known) for one in names if (known := name(one)) is not None)


def packed(stream: Raw) -> bytes:
    """The bytes of a stream as they lie in the file."""
    length = number(entry(stream, "/Length"))
    if length is not None and length > MAX_RAW_BYTES:
        raise TooLargeError
    try:
        data: bytes = stream.read_raw_bytes()
    except pikepdf.PdfError as error:
        raise DamagedError from error
    return data


def unpacked(stream: Raw, most: int) -> bytes:
    """The data of a stream, at most so many bytes. Raises TooLargeError or DamagedError."""
    return b"".join(pieces(stream, most))


def pieces(stream: Raw, most: int) -> Iterator[bytes]:
    """The data of a stream in pieces. Raises TooLargeError beyond `most` bytes in all, or DamagedError."""
    chain = filters(stream)
    data = packed(stream)
    if _is_predicted(stream):
        size = sum(map(len, unfilter(data, chain, most)))  # a bomb is known before pikepdf unpacks it whole
        if size > MAX_PREDICTED:
            raise TooLargeError
        try:
            whole_data: bytes = stream.read_bytes()
        except pikepdf.PdfError as error:
            raise DamagedError from error
        yield from bounded(iter((whole_data,)), most)
    else:
        yield from unfilter(data, chain, most)


def unpredicted(stream: Raw, most: int) -> Iterator[bytes]:
    """The data of a plain or Flate stream in pieces, a predictor left in it: enough to know its length."""
    yield from unfilter(packed(stream), filters(stream), most)


def _is_predicted(stream: Raw) -> bool:
    parameters = entry(stream, "/DecodeParms")
    one = items(parameters, 1)[0] if is_array(parameters) and len(parameters) else parameters
    return (whole(entry(one, "/Predictor")) or 1) > 1
