"""The work behind `images.py` (分色制版): decode, cut, scale, separate into inks, hold the ink limit, pack."""

import zlib
from hashlib import sha256
from io import BytesIO
from typing import Final

from PIL import Image
from PIL.ImageCms import PyCMSError

from layout_engine.base.diagnostics import Findings, Outcome
from layout_engine.pdf.color import Inks, limit_ink, max_ink_percent
from layout_engine.pdf.decode import DAMAGE, Decoded, Target, decode, plain, without_metadata
from layout_engine.pdf.images import Crop, PictureRequest, PreparedPicture

JPEG_QUALITY: Final = 90
RINGING: Final = 6  # per cent of ink by which JPEG may overshoot beside an edge
LINE_ART_FINER: Final = 4  # PR-81: line art keeps 1200 ppi where a photograph takes 300
FEW_COLOURS: Final = 64  # so few stand in drawings and emblems, which JPEG would smear
SMALL_PX: Final = 4096
REDUCING_GAP: Final = 3.0  # Pillow's own advice for speed without a visible difference from pure Lanczos


def separate_picture(request: PictureRequest, source: bytes, profile: bytes) -> Outcome[PreparedPicture]:
    """The picture of the file `source` as `request` wants it, in the inks of the ICC profile `profile`."""
    found = Findings()
    decoded = decode(source, Target(request.path.name, request.crop_px, request.target_px, request.span), found)
    if decoded is None:
        return Outcome(None, found.all())
    try:
        return Outcome(_make(request, source, profile, decoded, found), found.all())
    except (*DAMAGE, PyCMSError) as error:
        reason = str(error) or type(error).__name__
        found.add("photo/no-conversion", request.span, name=request.path.name, reason=reason)
        return Outcome(None, found.all())


def _make(
    request: PictureRequest, source: bytes, profile: bytes, decoded: Decoded, found: Findings
) -> PreparedPicture | None:
    width, height = decoded.upright
    left, top, right, bottom = request.crop_px or (0, 0, width, height)
    if not (0 <= left < right <= width and 0 <= top < bottom <= height):
        found.add("photo/crop-outside", request.span, name=request.path.name, width=width, height=height)
        return None
    line_art = decoded.picture.mode == "1"
    size = _size_in_print((right - left, bottom - top), request.target_px, LINE_ART_FINER if line_art else 1)
    whole = request.crop_px is None or request.crop_px == (0, 0, width, height)
    digest = sha256(source).hexdigest()
    if whole and size == decoded.upright and decoded.may_pass:
        most = max_ink_percent(decoded.picture)
        if most <= request.total_ink:
            return PreparedPicture(
                *size,
                components=len(decoded.picture.getbands()),
                data=without_metadata(source),
                filter="DCTDecode",
                inverted=decoded.adobe and decoded.picture.mode == "CMYK",
                source_sha256=digest,
                converted_from=_AS_IT_CAME[decoded.picture.mode],
                max_ink_percent=most,
            )
    cut, few_colours = _cut(decoded, (left, top, right, bottom), size)
    lossless = few_colours or size[0] * size[1] <= SMALL_PX
    inks, came_from = _in_inks(cut, decoded.embedded, profile, request, found)
    if inks.mode == "CMYK":
        inks = limit_ink(inks, request.total_ink - (0 if lossless else RINGING))
    return PreparedPicture(
        *inks.size,
        components=len(inks.getbands()),
        data=_flate(inks) if lossless else _jpeg(inks),
        filter="FlateDecode" if lossless else "DCTDecode",
        inverted=inks.mode == "CMYK" and not lossless,  # Pillow writes CMYK JPEG as Photoshop does
        source_sha256=digest,
        converted_from=came_from,
        max_ink_percent=max_ink_percent(inks),
    )


_AS_IT_CAME: Final = {"L": "grey", "CMYK": "CMYK"}


def _size_in_print(cut: tuple[int, int], target: tuple[int, int], finer: int) -> tuple[int, int]:
    """The size of the cut when it is no larger than the target: in proportion, never blown up."""
    shrink = min(1.0, finer * target[0] / cut[0], finer * target[1] / cut[1])
    return max(1, round(cut[0] * shrink)), max(1, round(cut[1] * shrink))


def _cut(decoded: Decoded, crop: Crop, size: tuple[int, int]) -> tuple[Image.Image, bool]:
    """The crop at its size in print, in grey, RGB, Lab or CMYK, and whether it is a drawing of few colours."""
    picture = decoded.picture
    across, down = picture.width / decoded.upright[0], picture.height / decoded.upright[1]  # under 1 after a draft
    box = (crop[0] * across, crop[1] * down, crop[2] * across, crop[3] * down)
    outer = (int(box[0]), int(box[1]), min(picture.width, -int(-box[2] // 1)), min(picture.height, -int(-box[3] // 1)))
    if outer != (0, 0, *picture.size):
        picture = picture.crop(outer)
    drawn = picture.mode in ("1", "P")
    picture = plain(picture)
    few_colours = drawn or picture.getcolors(FEW_COLOURS) is not None
    inner = (box[0] - outer[0], box[1] - outer[1], box[2] - outer[0], box[3] - outer[1])
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, box=inner, reducing_gap=REDUCING_GAP)
    return picture, few_colours


def _in_inks(
    picture: Image.Image, embedded: bytes | None, profile: bytes, request: PictureRequest, found: Findings
) -> tuple[Image.Image, str]:
    name = request.path.name
    if picture.mode == "L":
        return picture, "grey"
    if picture.mode == "CMYK":
        most = max_ink_percent(picture)
        if most > request.total_ink:
            found.add("photo/ink-reduced", request.span, name=name, ink=most, limit=request.total_ink)
        return picture, "CMYK"
    inks, came_from, ignored = Inks(profile).separate(picture, embedded)
    if ignored:
        found.add("photo/profile-ignored", request.span, name=name)
    return inks, came_from


def _jpeg(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return stream.getvalue()


def _flate(picture: Image.Image) -> bytes:
    return zlib.compress(picture.tobytes(), 6)  # PR-14: the level is part of the bytes
