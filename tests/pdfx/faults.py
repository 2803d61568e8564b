"""Faults to plant in a sound file (栽错): each gives a function that changes an opened PDF."""

import re
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.pdfx.clause import Fault


def in_catalog(key: str, value: Any) -> Fault:
    """A key of the catalogue; None takes it away."""
    return lambda pdf: _put(pdf.Root, key, value)


def in_info(key: str, value: Any) -> Fault:
    return lambda pdf: _put(pdf.trailer.Info, key, value)


def on_page(key: str, value: Any) -> Fault:
    return lambda pdf: _put(pdf.pages[0].obj, key, value)


def in_intent(key: str, value: Any) -> Fault:
    return lambda pdf: _put(pdf.Root.OutputIntents[0], key, value)


def in_profile(at: int, data: bytes) -> Fault:
    """Other bytes in the output profile."""

    def plant(pdf: pikepdf.Pdf) -> None:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        icc = bytearray(stream.read_bytes())
        icc[at : at + len(data)] = data
        stream.write(bytes(icc))

    return plant


def in_xmp(old: str, new: str) -> Fault:
    def plant(pdf: pikepdf.Pdf) -> None:
        data = bytes(pdf.Root.Metadata.read_raw_bytes())
        assert old.encode() in data
        pdf.Root.Metadata = pdf.make_stream(
            data.replace(old.encode(), new.encode()), Type=Name.Metadata, Subtype=Name.XML
        )

    return plant


def painting(code: str, **resources: dict[str, Any]) -> Fault:
    """More content after the page's own, with resources by kind."""

    def plant(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        for kind, named in resources.items():
            held = page.obj.Resources.get(f"/{kind}")
            if held is None:
                page.obj.Resources[f"/{kind}"] = held = Dictionary()
            for key, value in named.items():
                held[f"/{key}"] = value
        page.obj.Contents = pdf.make_stream(page.obj.Contents.read_bytes() + f"\n{code}\n".encode())

    return plant


def in_content(old: str, new: str) -> Fault:
    """The first `old` of the content as `new`."""

    def plant(pdf: pikepdf.Pdf) -> None:
        data = pdf.pages[0].obj.Contents.read_bytes()
        assert old.encode() in data
        pdf.pages[0].obj.Contents = pdf.make_stream(data.replace(old.encode(), new.encode(), 1))

    return plant


def in_font(key: str, value: Any, *path: str) -> Fault:
    """A key of a font, or of what lies in it by `path`: `DescendantFonts`, `FontDescriptor`."""

    def plant(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
        for step in path:
            font = font[f"/{step}"]
            font = font[0] if isinstance(font, pikepdf.Array) else font
        _put(font, key, value)

    return plant


def in_image(key: str, value: Any) -> Fault:
    return lambda pdf: _put(_image(pdf), key, value)


def a_smaller_image() -> Fault:
    """A picture of a few pixels in its place."""

    def plant(pdf: pikepdf.Pdf) -> None:
        image = _image(pdf)
        image.write(zlib.compress(b"\x80" * 100), filter=Name.FlateDecode)
        image.Width, image.Height, image.ColorSpace = 10, 10, Name.DeviceGray
        _put(image, "Decode", None)

    return plant


def a_stream(**entries: Any) -> Fault:
    """A stream that the catalogue holds."""

    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Extra = pdf.make_stream(b"x", **entries)

    return plant


def a_shorter_program(pdf: pikepdf.Pdf) -> None:
    """A font program that ends early."""
    stream = _program(pdf)
    stream.write(stream.read_bytes()[:200])


def other_texts(pdf: pikepdf.Pdf) -> None:
    """ToUnicode of a font without one of its mappings."""
    font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
    lines = font.ToUnicode.read_bytes().splitlines()
    at = next(number for number, line in enumerate(lines) if b"beginbfchar" in line)
    count = int(lines[at].split()[0])
    lines[at : at + 2] = [b"%d beginbfchar" % (count - 1)]
    font.ToUnicode = pdf.make_stream(b"\n".join(lines))


def an_unclean_text(pdf: pikepdf.Pdf) -> None:
    """ToUnicode of a font with a private character in it."""
    font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
    data = re.sub(rb"(beginbfchar\n<[0-9A-F]{4}> )<[0-9A-F]+>", rb"\1<E000>", font.ToUnicode.read_bytes(), count=1)
    font.ToUnicode = pdf.make_stream(data)


def _program(pdf: pikepdf.Pdf) -> Stream:
    font = next(iter(dict(pdf.pages[0].obj.Resources.Font.items()).values()))
    found = font.DescendantFonts[0].FontDescriptor.FontFile2
    assert isinstance(found, Stream)
    return found


def _image(pdf: pikepdf.Pdf) -> Any:
    return next(iter(dict(pdf.pages[0].obj.Resources.XObject.items()).values()))


def _put(holder: Any, key: str, value: Any) -> None:
    if value is None:
        del holder[f"/{key}"]
    else:
        holder[f"/{key}"] = value


__all__ = ["Array", "Dictionary", "Name"]
