"""A picture file made ready for the plate (图片制版): cropped, sampled down, in the press's inks, packed for the PDF.

RGB becomes CMYK by the output profile. Grey becomes K alone: by its lightness where a profile says what its numbers
mean, else by the numbers themselves, since fifty per cent of black on newsprint prints within two units of L* of what
a screen shows for it; so does RGB that holds no colour. CMYK keeps its numbers unless it was separated for another
press, but never more ink than this one takes. Black and white stays at one bit. What needs no change passes through
as it came. Results are kept by the hash of all that they depend on.

Nothing here raises for a bad file, and memory is bounded by `decode.MAX_PIXELS`. Decoding, scaling and packing run in
C without Python's lock; the colour conversion holds it (measured). The work is done in `separations.py`, which is
imported when there is work: where all pictures lie in the cache no decoder is ever loaded.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

import msgspec
import PIL

from layout_engine.base.diagnostics import Diagnostic, Findings, Outcome, Span
from layout_engine.base.picture_rules import PictureRules
from layout_engine.pdf.files import kept

VERSION: Final = 3  # part of every key in the cache: raise it whenever results change

MAX_BYTES: Final = 200_000_000

Filter = Literal["DCTDecode", "FlateDecode", "CCITTFaxDecode"]
Crop = tuple[int, int, int, int]


class PictureRequest(msgspec.Struct, frozen=True):
    """Which part of which file, for how many pixels at most, for which press.

    `crop_px` is left, top, right, bottom in pixels of the picture as one sees it (upright); None takes all.
    `target_px` is the greatest width and height worth printing; smaller pictures are not blown up.
    """

    path: Path
    crop_px: Crop | None
    target_px: tuple[int, int]
    profile_icc: Path
    total_ink: int = 240  # per cent, PR-48
    span: Span | None = None  # who asks, for the diagnostics
    rules: PictureRules = PictureRules()


class PreparedPicture(msgspec.Struct, frozen=True):
    """The data of an image XObject: 4 components are C M Y K, 1 is DeviceGray; `inverted` asks for Decode [1 0 …].

    Also how it was made, for the record (PR-84): what its numbers were read as, by which intent they were converted
    (none where they were kept), and the most ink on one spot before and after; what was no CMYK had none before.
    """

    width_px: int
    height_px: int
    components: int
    data: bytes
    filter: Filter
    inverted: bool
    source_sha256: str
    converted_from: str
    max_ink_percent: int
    bits: int = 8
    intent: str = ""
    ink_before_percent: int | None = None


def prepare_picture(request: PictureRequest, cache: Path | None) -> Outcome[PreparedPicture]:
    """The picture ready to be embedded, or None and why not; `cache` is the folder for finished ones."""
    found = Findings()
    source = _read(request.path, request.path.name, found, request.span)
    profile = _read(request.profile_icc, request.profile_icc.name, found, request.span)
    if source is None or profile is None:
        return Outcome(None, found.all())
    made = kept(cache, _key(request, source, profile), lambda: _make(request, source, profile))
    result = msgspec.msgpack.decode(made, type=_Result)
    told = tuple(Diagnostic(code, request.span, values) for code, values in result.told)
    return Outcome(result.picture, told)


def is_prepared(request: PictureRequest, cache: Path) -> bool:
    """Whether the cache has the picture, so that preparing it means no more than reading it."""
    found = Findings()
    source = _read(request.path, request.path.name, found)
    profile = _read(request.profile_icc, request.profile_icc.name, found)
    return source is None or profile is None or (cache / _key(request, source, profile)).exists()


class _Result(msgspec.Struct, frozen=True, array_like=True):
    """What the cache keeps: the picture or none, and what was found, without the place that asked."""

    picture: PreparedPicture | None
    told: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def _make(request: PictureRequest, source: bytes, profile: bytes) -> bytes:
    from layout_engine.pdf.separations import separate_picture  # noqa: PLC0415  # start-up time

    outcome = separate_picture(request, source, profile)
    told = tuple((one.code, one.values) for one in outcome.diagnostics)
    return msgspec.msgpack.encode(_Result(outcome.value, told))


def _key(request: PictureRequest, source: bytes, profile: bytes) -> str:
    parts = (
        VERSION, PIL.__version__, request.path.name, sha256(source).hexdigest(), request.crop_px, request.target_px,
        sha256(profile).hexdigest(), request.total_ink, request.rules,
    )  # fmt: skip
    return f"picture-{sha256(msgspec.msgpack.encode(parts)).hexdigest()}"


def _read(path: Path, name: str, found: Findings, span: Span | None = None) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        found.add("photo/unreadable", span, name=name, reason=error.strerror or "")
        return None
    if len(data) > MAX_BYTES:
        found.add("photo/too-large", span, name=name, size=f"{MAX_BYTES // 1_000_000} MB")
        return None
    return data
