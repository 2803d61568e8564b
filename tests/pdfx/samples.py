"""The sample issues as written in both profiles (样报成品), once a test run."""

import tempfile
from collections.abc import Mapping
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf

from layout_engine.pipeline import build
from layout_engine.places import Places
from tests.kit.reference import FONTS, ISSUES, NAMES
from tests.pdfx.measure import Painted, interpret

PROFILES: Final = ("pdfx4", "pdfx1a")
VERSIONS: Final = {"pdfx4": "PDF/X-4", "pdfx1a": "PDF/X-1a:2003"}
SPOILT: Final = ("pdfx1a", "xinjimo-20240524-02.pdf")  # a small page with a picture: faults are planted here


class Written:
    """One page's file: its bytes, opened by another library, and what its content paints."""

    def __init__(self, profile: str, name: str, data: bytes) -> None:
        self.profile: Final = profile
        self.name: Final = name
        self.data: Final = data

    def __repr__(self) -> str:
        return f"{self.profile} {self.name}"

    @property
    def old(self) -> bool:
        """Whether it is for an old RIP."""
        return self.profile == "pdfx1a"

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.data))

    @cached_property
    def page(self) -> pikepdf.Object:
        return self.pdf.pages[0].obj

    @cached_property
    def painted(self) -> list[Painted]:
        return interpret(self.pdf.pages[0])

    @cached_property
    def fonts(self) -> Mapping[str, pikepdf.Object]:
        return dict(self.page.Resources.Font.items())

    def boxes(self) -> dict[str, list[float]]:
        return {key: [float(one) for one in value] for key, value in self.page.items() if key.endswith("Box")}


@cache
def samples() -> tuple[Written, ...]:
    """Every page of every sample issue in both profiles."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for profile in PROFILES:
            for name in NAMES:
                places = Places(FONTS, Path(folder, profile, name), dated=False, cache=Path(folder, "cache"))
                built = build(ISSUES / name, places, profile=profile)
                assert built.clean, built.diagnostics
                for page in built.pages:
                    assert page.pdf is not None
                    found.append(Written(profile, page.pdf.name, page.pdf.read_bytes()))
    return tuple(found)


@cache
def marked() -> Written:
    """A page for a press that wants marks, by the printer's profile in the repository."""
    name = "2024-05-24"
    profile = ISSUES / "house" / "printers" / "magazine.yaml"
    with tempfile.TemporaryDirectory() as folder:
        places = Places(FONTS, Path(folder, "out"), dated=False, cache=None)
        (page,) = build(ISSUES / name, places, profile=str(profile), only=2).pages
        assert page.pdf is not None
        return Written("pdfx1a", page.pdf.name, page.pdf.read_bytes())


def to_spoil() -> Written:
    """The file that faults are planted in."""
    return next(one for one in samples() if (one.profile, one.name) == SPOILT)


def saved(pdf: pikepdf.Pdf, like: Written) -> Written:
    """A file that was changed, written without anything of the writer's own."""
    out = BytesIO()
    options: dict[str, Any] = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}
    pdf.save(out, static_id=True, fix_metadata_version=False, **options)
    return Written(like.profile, like.name, out.getvalue())
