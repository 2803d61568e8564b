"""Sound small files, and what is wrong with them once something is changed (好文件与坏文件)."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, Final

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name

from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Fill, Picture, Rule
from layout_engine.base.units import mm, pt
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.write import picture_key
from layout_engine.preflight.findings import Finding
from layout_engine.preflight.inspect_file import preflight
from tests.pdf.scenes import a_page, a_picture, a_profile, a_region, a_run, an_x1a_profile, written
from tests.pdfx.clause import Fault

PROFILES: Final = {
    "X4": a_profile(),
    "X1a": an_x1a_profile(),
    "proof": a_profile(None),
}
TEXT: Final = "BT /F0 {size} Tf 1 0 0 1 300 300 Tm <00010002> Tj ET"
OVER: Final = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)


@cache
def sound(standard: str = "X4") -> bytes:
    """A page with type, a rule, a tint and a picture, as our own writer makes it."""
    picture = Picture(Rect(mm(20), mm(100), mm(20), mm(20)), "a.png", (0, 0, 200, 200), Span("pages/01.yaml"))
    page = a_page(
        a_region(
            "lead",
            a_run("我市召开大会"),
            a_run("白话", ink="red", size=pt(20), y=mm(60)),
            Rule(Rect(mm(20), mm(90), mm(100), pt(1)), "black"),
            Fill(Rect(mm(20), mm(130), mm(50), mm(10)), "black", 2_000),
            picture,
        )
    )
    pixels = {picture_key(picture): a_picture(200, 200, b"\x80" * 40_000)}
    return written(page, profile=PROFILES[standard], pictures=pixels)


def spoiled(*faults: Fault, standard: str = "X4", **options: Any) -> bytes:
    """The sound file with faults in it; without any, only written anew."""
    with pikepdf.open(BytesIO(sound(standard))) as pdf:
        for fault in faults:
            fault(pdf)
        return saved(pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """A changed file, with nothing in it of the library that writes it."""
    out = BytesIO()
    plain: dict[str, Any] = {
        "static_id": True, "fix_metadata_version": False, "compress_streams": False,
        "object_stream_mode": pikepdf.ObjectStreamMode.disable,
    }  # fmt: skip
    pdf.save(out, **{**plain, **options})
    return out.getvalue()


def found(data: bytes, standard: str = "X4", **numbers: Any) -> tuple[Finding, ...]:
    """What the check finds; `numbers` are the profile's."""
    report = preflight(data, profile(standard, **numbers)).value
    assert report is not None
    return report.findings


def profile(standard: str, **numbers: Any) -> Profile:
    return msgspec.structs.replace(PROFILES[standard], **numbers)


def codes(data: bytes, standard: str = "X4", **numbers: Any) -> list[str]:
    """The codes found, without their area."""
    return sorted({one.diagnostic.code.partition("/")[2] for one in found(data, standard, **numbers)})


def only(code: str, data: bytes, standard: str = "X4", **numbers: Any) -> Finding:
    """The one finding of this code."""
    (one,) = [one for one in found(data, standard, **numbers) if one.diagnostic.code == f"preflight/{code}"]
    return one


def painting(code: str, **resources: dict[str, Any]) -> Fault:
    """More content after the page's own; resources may be values, or functions that make them in the file."""

    def plant(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        for kind, named in resources.items():
            held = page.Resources.get(f"/{kind}")
            if held is None:
                page.Resources[f"/{kind}"] = Dictionary()
                held = page.Resources[f"/{kind}"]
            for key, value in named.items():
                held[f"/{key}"] = value(pdf) if callable(value) else value
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + f"\n{code}\n".encode())

    return plant


def a_form(code: str, **entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    """A form XObject that paints `code`."""

    def make(pdf: pikepdf.Pdf) -> Any:
        about = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 1000, 1500]), **entries}
        made = {key: value(pdf) if callable(value) else value for key, value in about.items()}
        return pdf.make_indirect(pdf.make_stream(code.encode(), **made))

    return make


def an_image(width: int, height: int, data: bytes, **entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    """An image XObject of this data."""

    def make(pdf: pikepdf.Pdf) -> Any:
        about = {
            "Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height, "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray, **entries,
        }  # fmt: skip
        made = {key: value(pdf) if callable(value) else value for key, value in about.items() if value is not None}
        return pdf.make_indirect(pdf.make_stream(data, **made))

    return make


def a_tint(space: Any = Name.DeviceCMYK, count: int = 4) -> Any:
    """A tint transformation into `space`."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * count), C1=Array([1] * count), N=1)


def a_spot(ink: str, alternate: Any = Name.DeviceCMYK, count: int = 4) -> Array:
    """A Separation space."""
    return Array([Name.Separation, Name(f"/{ink}"), alternate, a_tint(alternate, count)])


class Case(msgspec.Struct, frozen=True):
    """A fault, the code that it must be found by, and a near thing that must pass: `good`, or the sound file."""

    code: str
    bad: Fault
    good: Fault | None = None
    standard: str = "X4"
    numbers: dict[str, Any] = {}

    def check(self) -> None:
        """The fault is found, the near thing is not."""
        near = (self.good,) if self.good else ()
        assert self.code in codes(spoiled(self.bad, standard=self.standard), self.standard, **self.numbers)
        assert self.code not in codes(spoiled(*near, standard=self.standard), self.standard, **self.numbers)


def both(*faults: Fault) -> Fault:
    """Several changes as one."""

    def plant(pdf: pikepdf.Pdf) -> None:
        for fault in faults:
            fault(pdf)

    return plant
