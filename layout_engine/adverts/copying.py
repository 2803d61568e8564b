"""An advertiser's page as a Form XObject (置入): its objects one by one, streams byte for byte as they came.

What is changed on the way: layers and metadata stay behind (objects.py), groups without live transparency go, and a
live group without a space is said to composite in CMYK (PR-92); LZW is packed anew (PR-05); a page whose content lies
in several streams gets one.
"""

import zlib
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from layout_engine.adverts.frames import bounds, matrix
from layout_engine.adverts.limits import MAX_UNPACKED, BeyondLimitError
from layout_engine.adverts.model import Advert, CopiedForm, CopiedObject
from layout_engine.adverts.objects import inherited, is_layer, kept_items

_LEVEL: Final = 6  # PR-14: fixed
_LZW: Final = ("/LZWDecode", "/LZW")
_ABOUT_PACKING: Final = frozenset(("/Filter", "/DecodeParms", "/Length", "/DL"))

_Parts = list[bytes | int]


def copy_form(page: Any, advert: Advert) -> CopiedForm:
    """The page as a form: itself first, then what it refers to, in the order in which that is met."""
    copier = _Copier(advert.live)
    content, packing = _content(page)
    group = page.get("/Group")
    head: _Parts = [
        f"<< /Type /XObject /Subtype /Form /BBox [ {bounds(advert.frame)} ] /Matrix [ {matrix(advert.frame)} ]".encode()
    ]
    if advert.live:
        head.append(b" /Group ")
        head += copier.group(group if isinstance(group, pikepdf.Dictionary) else pikepdf.Dictionary())
    head.append(b" /Resources ")
    head += copier.syntax(inherited(page, "/Resources") or pikepdf.Dictionary(), "/Resources")
    head += copier.entries(packing)
    head.append(f" /Length {len(content)} >>".encode())
    return CopiedForm((CopiedObject(_joined(head), content), *copier.objects()), advert.live)


def content_streams(page: Any) -> list[Any]:
    """The streams of a page's content, one after another."""
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        return [one for one in contents if isinstance(one, pikepdf.Stream)]
    return [contents] if isinstance(contents, pikepdf.Stream) else []


def joined_content(streams: list[Any]) -> bytes:
    """All of them unpacked, as one; a word never goes on from one into the next."""
    data = b"\n".join(one.read_bytes() for one in streams)
    if len(data) > MAX_UNPACKED:
        raise BeyondLimitError("bytes", MAX_UNPACKED)
    return data


def uses_lzw(stream: Any) -> bool:
    """Whether the stream is packed in a way that no PDF/X may have (PR-05)."""
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    return any(one in _LZW for one in names)


def _content(page: Any) -> tuple[bytes, list[tuple[str, Any]]]:
    streams = content_streams(page)
    if len(streams) == 1 and not uses_lzw(streams[0]):
        return _packed(streams[0])
    return zlib.compress(joined_content(streams), _LEVEL), [("/Filter", pikepdf.Name.FlateDecode)]


def _packed(stream: Any) -> tuple[bytes, list[tuple[str, Any]]]:
    """A stream's data as it lies in the file, and the entries that say how to unpack it."""
    if uses_lzw(stream):
        return zlib.compress(stream.read_bytes(), _LEVEL), [("/Filter", pikepdf.Name.FlateDecode)]
    kept = [(key, stream.get(key)) for key in ("/DecodeParms", "/Filter")]
    return stream.read_raw_bytes(), [(key, one) for key, one in kept if one is not None]


class _Copier:
    """Numbers the objects as they are met, the form itself being number 0."""

    def __init__(self, live: bool) -> None:
        self._live = live
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[str, Any]] = []

    def objects(self) -> Iterator[CopiedObject]:
        """Everything that has been referred to, and what that refers to in turn."""
        done = 0
        while done < len(self._waiting):
            under, value = self._waiting[done]
            done += 1
            yield self._object(value, under)

    def syntax(self, value: Any, under: str) -> _Parts:
        """A value as it stands inside another; an object of its own is referred to by its number."""
        if value is None:
            return [b"null"]
        if value.is_indirect and isinstance(value, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)):
            if value.objgen not in self._numbers:
                self._waiting.append((under, value))
                self._numbers[value.objgen] = len(self._waiting)
            return [self._numbers[value.objgen]]
        return self._direct(value, under)

    def group(self, value: Any) -> _Parts:
        """A group that composites in CMYK where it does not say in what."""
        parts: _Parts = [b"<< /S /Transparency"]
        items = [(key, one) for key, one in kept_items(value, "/Group") if key not in ("/S", "/Type")]
        parts += self.entries(items)
        if all(key != "/CS" for key, _ in items):
            parts.append(b" /CS /DeviceCMYK")
        return [*parts, b" >>"]

    def entries(self, items: list[tuple[str, Any]]) -> _Parts:
        parts: _Parts = []
        for key, value in items:
            parts.append(b" " + pikepdf.Name(key).unparse() + b" ")
            parts += self.syntax(value, key)
        return parts

    def _object(self, value: Any, under: str) -> CopiedObject:
        if not isinstance(value, pikepdf.Stream):
            return CopiedObject(_joined(self._direct(value, under)))
        data, packing = _packed(value)
        items = [(key, one) for key, one in self._items(value, under) if key not in _ABOUT_PACKING]
        parts = [b"<<", *self._grouped(items), *self.entries(packing), f" /Length {len(data)} >>".encode()]
        return CopiedObject(_joined(parts), data)

    def _direct(self, value: Any, under: str) -> _Parts:
        if isinstance(value, pikepdf.Array):
            inner: _Parts = [part for one in value for part in (b" ", *self.syntax(one, under))]
            return [b"[", *inner, b" ]"]
        if isinstance(value, pikepdf.Dictionary):
            return [b"<<", *self._grouped(self._items(value, under)), b" >>"]
        text: bytes = value.unparse(resolved=True)
        return [text]

    def _items(self, value: Any, under: str) -> list[tuple[str, Any]]:
        if under == "/Properties":  # the list itself: a layer becomes a mark that says nothing
            return [(key, pikepdf.Dictionary() if is_layer(one) else one) for key, one in kept_items(value, under)]
        return kept_items(value, under)

    def _grouped(self, items: list[tuple[str, Any]]) -> _Parts:
        """Entries, of which a transparency group goes where nothing is transparent."""
        parts: _Parts = []
        for key, value in items:
            if key == "/Group" and isinstance(value, pikepdf.Dictionary):
                parts += [b" /Group ", *self.group(value)] if self._live else []
            else:
                parts += self.entries([(key, value)])
        return parts


def _joined(parts: _Parts) -> tuple[bytes | int, ...]:
    """The parts with neighbouring pieces of syntax put together."""
    joined: _Parts = []
    for part in parts:
        if isinstance(part, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)
