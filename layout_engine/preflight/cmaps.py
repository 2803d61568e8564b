"""Codes, CIDs and texts: what the CMaps of a font say (字符映射), embedded encodings and ToUnicode alike."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

_MAX_ENTRIES: Final = 70_000
_BLOCK: Final = re.compile(rb"begin(codespacerange|cidrange|cidchar|bfrange|bfchar)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|(\d+)")
_MODE: Final = re.compile(rb"/WMode\s+(\d)")
_ORDERING: Final = re.compile(rb"/Ordering\s*\(([^)]*)\)")


class CMap(msgspec.Struct, frozen=True):
    """`spaces` are lengths of codes with their bounds; `cids` leads from codes to CIDs, `texts` to what they say."""

    spaces: tuple[tuple[int, int, int], ...]
    cids: dict[int, int]
    texts: dict[int, str]
    vertical: bool
    ordering: str | None
    longest_block: int
    overfull: bool

    def codes(self, data: bytes) -> Iterator[int]:
        """The codes of a string, by the code spaces."""
        at = 0
        lengths = sorted({length for length, _, _ in self.spaces}) or [2]
        while at < len(data):
            for length in lengths:
                code = int.from_bytes(data[at : at + length])
                if any(size == length and low <= code <= high for size, low, high in self.spaces):
                    break
            else:
                length = lengths[0]
                code = int.from_bytes(data[at : at + length])
            yield code
            at += length


def read_cmap(data: bytes) -> CMap:
    """What a CMap stream says; what cannot be understood is passed over."""
    spaces: list[tuple[int, int, int]] = []
    cids: dict[int, int] = {}
    texts: dict[int, str] = {}
    longest = 0
    for block in _BLOCK.finditer(data):
        if len(cids) + len(texts) > _MAX_ENTRIES:
            break
        tokens = list(islice(_tokens(block[2]), 4 * _MAX_ENTRIES))
        match block[1]:
            case b"codespacerange":
                strings = [one for one in tokens if isinstance(one, bytes)]
                for low, high in zip(strings[::2], strings[1::2], strict=False):
                    spaces.append((len(low), int.from_bytes(low), int.from_bytes(high)))
            case b"cidrange" | b"cidchar":
                _read_cids(tokens, block[1] == b"cidrange", cids)
            case b"bfchar":
                longest = max(longest, len(tokens) // 2)
                for code, words in zip(tokens[::2], tokens[1::2], strict=False):
                    if isinstance(code, bytes) and isinstance(words, bytes):
                        texts[int.from_bytes(code)] = _words(words)
            case _:
                longest = max(longest, _read_ranges(tokens, texts))
    mode, ordering = _MODE.search(data), _ORDERING.search(data)
    return CMap(
        tuple(spaces),
        cids,
        texts,
        mode is not None and mode[1] == b"1",
        ordering[1].decode("latin-1") if ordering else None,
        longest,
        len(cids) + len(texts) > _MAX_ENTRIES,
    )


def _tokens(data: bytes) -> Iterator[bytes | int | str]:
    for match in _HEX.finditer(data):
        if match[1] is not None:
            digits = match[1].translate(None, b" \t\r\n\f\v\0")
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        else:
            yield int(match[4][:9]) if match[4] else (match[2] or match[3]).decode()


def _read_cids(tokens: list[bytes | int | str], is_range: bool, cids: dict[int, int]) -> None:
    step = 3 if is_range else 2
    for at in range(0, len(tokens) - step + 1, step):
        low, cid = tokens[at], tokens[at + step - 1]
        high = tokens[at + 1] if is_range else low
        if not (isinstance(low, bytes) and isinstance(high, bytes) and isinstance(cid, int)):
            return
        first, last = int.from_bytes(low), int.from_bytes(high)
        for code in range(first, min(last, first + _MAX_ENTRIES - len(cids)) + 1):
            cids[code] = cid + code - first


def _read_ranges(tokens: list[bytes | int | str], texts: dict[int, str]) -> int:
    """The ranges of one block into `texts`; how many there are."""
    at = count = 0
    while at + 2 < len(tokens):
        low, high, words = tokens[at : at + 3]
        if not (isinstance(low, bytes) and isinstance(high, bytes)):
            break
        first, last = int.from_bytes(low), int.from_bytes(high)
        at += 3
        count += 1
        if words == "[":
            while at < len(tokens) and tokens[at] != "]":
                one = tokens[at]
                if isinstance(one, bytes) and first <= last:
                    texts[first] = _words(one)
                first += 1
                at += 1
            at += 1
        elif isinstance(words, bytes) and words:
            for code in range(first, min(last, first + _MAX_ENTRIES - len(texts)) + 1):
                counted = (int.from_bytes(words) + code - first) % 256 ** len(words)
                texts[code] = _words(counted.to_bytes(len(words)))
    return count


def _words(data: bytes) -> str:
    return data.decode("utf-16-be", errors="replace")
