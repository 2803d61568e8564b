"""Advertisers' PDFs, made for tests (广告样张): sound ones, and each kind of fault.

write_advert(path, b"0 0 0 1 k 0 0 100 50 re f", size=(100, 50))   sizes in mm, contents in points
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

PT_PER_MM = 72 / 25.4
SOUND = b"q 0.1 0.2 0.6 0 k 0 0 400 300 re f Q q 0 0 0 1 k 10 10 40 20 re f Q\n"

Edit = Callable[[Pdf, Any], None]


def an_advert(
    content: bytes = SOUND,
    *,
    size: tuple[float, float] = (60, 40),
    resources: Mapping[str, Any] | None = None,
    version: str = "1.4",
    edit: Edit | None = None,
    **save: Any,
) -> bytes:
    """A PDF of one page, trimmed to `size` mm within a larger sheet; `edit` may change what it likes."""
    pdf = pikepdf.new()
    width, height = (side * PT_PER_MM for side in size)
    page = pdf.add_blank_page(page_size=(width + 20, height + 20)).obj
    page.TrimBox = Array([10, 10, width + 10, height + 10])
    page.Contents = pdf.make_stream(b"1 0 0 1 10 10 cm\n" + content)
    page.Resources = Dictionary(resources or {})
    if edit is not None:
        edit(pdf, page)
    out = BytesIO()
    pdf.save(out, **({"static_id": True, "force_version": version} | save))
    return out.getvalue()


def write_advert(path: Path, *args: Any, **kwargs: Any) -> Path:
    """The same as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(an_advert(*args, **kwargs))
    return path


def image(pdf: Pdf, width: int, height: int, *, space: Any = None, bits: int = 8, **entries: Any) -> Any:
    """An image of flat colour."""
    chosen = Name.DeviceCMYK if space is None else space
    components = {Name.DeviceGray: 1, Name.DeviceRGB: 3}.get(chosen, 4) if isinstance(chosen, Name) else 4
    data = bytes((width * components * bits + 7) // 8 * height)
    stream = pdf.make_stream(data)
    stream.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=chosen, BitsPerComponent=bits
        )
    )
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def add_resource(pdf: Pdf, page: Any, kind: str, name: str, value: Any) -> None:
    """One more resource of the page."""
    listed = page.Resources.get(f"/{kind}")
    if listed is None:
        page.Resources[f"/{kind}"] = listed = Dictionary()
    page.Resources[f"/{kind}"][f"/{name}"] = pdf.make_indirect(value)
