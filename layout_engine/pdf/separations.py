"""The work behind `images.py` (分色制版): decode, cut, scale, sharpen, separate into inks, hold the ink limit, pack."""

import zlib
from hashlib import sha256
from io import BytesIO
from typing import Final

import msgspec
from PIL import Image
from PIL.ImageCms import PyCMSError

from layout_engine.base.diagnostics import Findings, Outcome
from layout_engine.pdf.color import GREY_MOST, Inks, Source, assumed_source, colourfulness, find_source
from layout_engine.pdf.decode import DAMAGE, Decoded, Target, decode, is_see_through, plain
from layout_engine.pdf.images import Crop, PictureRequest, PreparedPicture
from layout_engine.pdf.jpeg_data import without_metadata
from layout_engine.pdf.line_art import as_line_art, is_line_art, pack_line_art
from layout_engine.pdf.sharpen import sharpen
from layout_engine.pdf.total_ink import FEW_TONES, black_of_shades, hold_black, hold_ink, max_ink_percent, mend_heavy

JPEG_QUALITY: Final = 90
RINGING: Final = 6  # per cent of ink by which JPEG may overshoot beside an edge
LINE_ART_FINER: Final = 4  # PR-81: line art keeps 1200 ppi where a photograph takes 300
# FEW_TONES are those of an emblem, which JPEG would smear; these of a chart in colour whose edges are smooth.
FEW_COLOURS: Final = 1024  # a photograph has many thousands
SMALL_PX: Final = 4096
REDUCING_GAP: Final = 3.0  # Pillow's own advice for speed without a visible difference from pure Lanczos
_UNUSABLE: Final = (PyCMSError, ValueError, OSError)  # a profile that LittleCMS can open but not convert by
WORTH_CUTTING: Final = 0.75  # a crop that leaves more of the picture than this is cut while scaling, without a copy
SAMPLE: Final = (48, 48)
SOLID: Final = 100
BLACK_MOST: Final = 95  # per cent, PR-48
SQUARE_PX: Final = 12  # a millimetre at 300 ppi, the most that is printed (PR-80)


def separate_picture(request: PictureRequest, source: bytes, profile: bytes) -> Outcome[PreparedPicture]:
    """The picture of the file `source` as `request` wants it, in the inks of the ICC profile `profile`."""
    found = Findings()
    decoded = decode(source, Target(request.path.name, request.crop_px, request.target_px, request.span), found)
    if decoded is None:
        return Outcome(None, found.all())
    try:
        return Outcome(_Separation(request, source, profile, decoded, found).make(), found.all())
    except (*DAMAGE, PyCMSError) as error:
        reason = str(error) or type(error).__name__
        found.add("photo/no-conversion", request.span, name=request.path.name, reason=reason)
        return Outcome(None, found.all())


class _Plates(msgspec.Struct, frozen=True):
    """A picture in inks (L or CMYK), what its numbers were read as, and how they were changed."""

    picture: Image.Image
    converted_from: str
    intent: str = ""
    ink_before: int | None = None
    kept: bool = False  # its numbers are those of the file


class _Separation:
    """One picture on its way: what was asked for, what was decoded, and whatever is found."""

    def __init__(
        self, request: PictureRequest, source: bytes, profile: bytes, decoded: Decoded, found: Findings
    ) -> None:
        self._request = request
        self._rules = request.rules
        self._source = source
        self._profile = profile
        self._decoded = decoded
        self._found = found
        self._ignores_embedded = False

    def make(self) -> PreparedPicture | None:
        """The picture ready for the plate, or None and the reason among the findings."""
        made = self._make()
        if self._ignores_embedded:
            self._tell("photo/profile-ignored")
        return made

    def _make(self) -> PreparedPicture | None:
        width, height = self._decoded.upright
        crop = self._request.crop_px or (0, 0, width, height)
        left, top, right, bottom = crop
        if not (0 <= left < right <= width and 0 <= top < bottom <= height):
            self._tell("photo/crop-outside", width=width, height=height)
            return None
        size = _size_in_print((right - left, bottom - top), self._request.target_px)
        if self._decoded.may_pass and crop == (0, 0, width, height) and size == self._decoded.upright:
            passed = self._as_it_came()
            if passed is not None:
                return passed
        picture, box = _cut(self._decoded, crop)
        if is_see_through(picture):
            self._tell("photo/see-through")
        indexed = picture.mode == "P"
        picture = picture if picture.mode == "1" else plain(picture)
        if is_line_art(picture):
            finer = tuple(LINE_ART_FINER * side for side in self._request.target_px)
            return self._line_art(picture, box, _size_in_print((right - left, bottom - top), (finer[0], finer[1])))
        drawn = indexed or _is_drawn(picture)
        if picture.size != size or box != (0, 0, *picture.size):
            picture = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=REDUCING_GAP)
        plates = self._in_inks(picture, drawn=drawn)
        return None if plates is None else self._packed(plates, lossless=drawn)

    def _as_it_came(self) -> PreparedPicture | None:
        """A JPEG in the press's inks, its data untouched but for what was written about it; None if it must change."""
        picture = self._decoded.picture
        is_cmyk = picture.mode == "CMYK"
        source = self._made_for_another(picture.mode)
        most = max_ink_percent(picture)
        if most > self._request.total_ink or (source is not None and not (is_cmyk and self._keeps_cmyk())):
            return None
        if source is not None:
            self._tell("photo/other-press-kept", condition=source.name)
        self._judge_black(picture)
        return PreparedPicture(
            *picture.size,
            components=len(picture.getbands()),
            data=without_metadata(self._source),
            filter="DCTDecode",
            inverted=self._decoded.adobe and is_cmyk,
            source_sha256=self._digest(),
            converted_from=source.name if source else _UNTAGGED[picture.mode],
            max_ink_percent=most,
            ink_before_percent=most if is_cmyk else None,
        )

    def _line_art(
        self, picture: Image.Image, box: tuple[float, float, float, float], size: tuple[int, int]
    ) -> PreparedPicture:
        bits = as_line_art(picture, size, box)
        data, packed_by = pack_line_art(bits)
        return PreparedPicture(
            *bits.size,
            components=1,
            data=data,
            filter=packed_by,
            inverted=False,
            source_sha256=self._digest(),
            converted_from="line art",
            max_ink_percent=SOLID if bits.getextrema()[0] == 0 else 0,
            bits=1,
        )

    def _in_inks(self, picture: Image.Image, *, drawn: bool) -> _Plates | None:
        if picture.mode == "CMYK":
            return self._cmyk(picture)
        if not drawn:
            picture = sharpen(picture, self._rules.sharpening)
        source = self._embedded_source(picture.mode)
        if picture.mode == "L":
            return self._grey(picture, source)
        if picture.mode == "RGB" and _is_grey(picture):
            self._tell("photo/grey-in-colour")
            return self._grey(picture.convert("L"), source or assumed_source("RGB"))
        inks = Inks(self._profile, self._rules)
        separate = inks.separate_drawing if drawn and picture.mode == "RGB" else inks.separate
        if source is not None:
            try:
                return self._converted(separate(picture, source), source)
            except _UNUSABLE:
                self._ignores_embedded = True
        source = assumed_source(picture.mode)
        return self._converted(separate(picture, source), source)

    def _grey(self, picture: Image.Image, source: Source | None) -> _Plates:
        """Grey to K: by lightness where its numbers have a meaning, else by the numbers (PR-84)."""
        if source is not None:
            try:
                table = Inks(self._profile, self._rules).black_for(source)
                return self._converted(picture.point(table), source)
            except _UNUSABLE:
                self._ignores_embedded = True
        return _Plates(picture, _UNTAGGED["L"], kept=True)

    def _cmyk(self, picture: Image.Image) -> _Plates | None:
        """CMYK: converted if it was made for another press; never with more ink than this one takes (PR-48)."""
        before = max_ink_percent(picture)
        inks = Inks(self._profile, self._rules)
        name = _UNTAGGED["CMYK"]
        source = self._made_for_another("CMYK")
        if source is not None and self._keeps_cmyk():
            self._tell("photo/other-press-kept", condition=source.name)
            name = source.name
        elif source is not None:
            try:
                converted = self._converted(inks.separate_again(picture, source), source, before)
                self._tell("photo/other-press", condition=source.name)
                return converted
            except _UNUSABLE:
                self._ignores_embedded = True
        if before <= self._request.total_ink:
            return _Plates(picture, name, "", before, kept=True)
        if self._rules.heavy_cmyk == "refuse":
            self._tell("photo/ink-over", ink=before, limit=self._request.total_ink)
            return None
        self._tell("photo/ink-reduced", ink=before, limit=self._request.total_ink)
        mended = mend_heavy(picture, inks.separate_again(picture, None), self._request.total_ink)
        return _Plates(mended, name, self._rules.intent_in_words, before, kept=True)

    def _converted(self, picture: Image.Image, source: Source, ink_before: int | None = None) -> _Plates:
        return _Plates(picture, source.name, self._rules.intent_in_words, ink_before)

    def _keeps_cmyk(self) -> bool:
        return self._rules.tagged_cmyk == "keep"

    def _made_for_another(self, mode: str) -> Source | None:
        """The profile inside a grey or CMYK picture, if it says other than what its numbers would be taken for."""
        return None if self._decoded.embedded == self._profile else self._embedded_source(mode)

    def _embedded_source(self, mode: str) -> Source | None:
        source = find_source(self._decoded.embedded, mode)
        self._ignores_embedded = source is None and bool(self._decoded.embedded)
        return source

    def _packed(self, plates: _Plates, *, lossless: bool) -> PreparedPicture:
        picture = plates.picture
        if plates.kept and not lossless:
            self._judge_black(picture)
        elif not lossless:
            picture = hold_black(picture)
        lossless = lossless or picture.width * picture.height <= SMALL_PX
        if picture.mode == "CMYK":
            held = hold_ink(picture, self._request.total_ink - (0 if lossless else RINGING))
            picture, most = held.picture, held.after
        else:
            most = max_ink_percent(picture)
        return PreparedPicture(
            *picture.size,
            components=len(picture.getbands()),
            data=_flate(picture) if lossless else _jpeg(picture),
            filter="FlateDecode" if lossless else "DCTDecode",
            inverted=picture.mode == "CMYK" and not lossless,  # Pillow writes CMYK JPEG as Photoshop does
            source_sha256=self._digest(),
            converted_from=plates.converted_from,
            max_ink_percent=most,
            intent=plates.intent,
            ink_before_percent=plates.ink_before,
        )

    def _judge_black(self, picture: Image.Image) -> None:
        """Numbers that are kept may be darker in black than a screen keeps open (PR-48): told, not changed."""
        square = round(SQUARE_PX * picture.width / max(1, self._request.target_px[0]))
        black = black_of_shades(picture, square)
        if black > BLACK_MOST:
            self._tell("photo/black-heavy", black=black, most=BLACK_MOST)

    def _digest(self) -> str:
        return sha256(self._source).hexdigest()

    def _tell(self, code: str, **values: str | int) -> None:
        self._found.add(code, self._request.span, related=(), name=self._request.path.name, **values)


_UNTAGGED: Final = {"L": "grey", "CMYK": "CMYK"}


def _size_in_print(cut: tuple[int, int], target: tuple[int, int]) -> tuple[int, int]:
    """The size of the cut when it is no larger than the target: in proportion, never blown up."""
    shrink = min(1.0, target[0] / cut[0], target[1] / cut[1])
    return max(1, round(cut[0] * shrink)), max(1, round(cut[1] * shrink))


def _cut(decoded: Decoded, crop: Crop) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """The pixels in which the crop lies, and its place among them: the whole picture where little would be cut off."""
    picture = decoded.picture
    across, down = picture.width / decoded.upright[0], picture.height / decoded.upright[1]  # under 1 after a draft
    box = (crop[0] * across, crop[1] * down, crop[2] * across, crop[3] * down)
    outer = (int(box[0]), int(box[1]), min(picture.width, -int(-box[2] // 1)), min(picture.height, -int(-box[3] // 1)))
    if (outer[2] - outer[0]) * (outer[3] - outer[1]) > WORTH_CUTTING * picture.width * picture.height:
        return picture, box
    inner = (box[0] - outer[0], box[1] - outer[1], box[2] - outer[0], box[3] - outer[1])
    return picture.crop(outer), inner


def _is_drawn(picture: Image.Image) -> bool:
    """Whether it is a drawing, a chart, an emblem, and not a photograph."""
    if picture.mode != "RGB":
        return picture.getcolors(FEW_TONES) is not None
    colours = picture.getcolors(FEW_COLOURS)
    return colours is not None and (len(colours) <= FEW_TONES or not _is_grey(picture))


def _is_grey(picture: Image.Image) -> bool:
    """Whether an RGB picture holds no colour; a few of its pixels tell most of those that do."""
    sample = picture.resize(SAMPLE, Image.Resampling.NEAREST)
    return all(colourfulness(one).getextrema()[1] <= GREY_MOST for one in (sample, picture))  # type: ignore[operator]


def _jpeg(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return stream.getvalue()


def _flate(picture: Image.Image) -> bytes:
    return zlib.compress(picture.tobytes(), 6)  # PR-14: the level is part of the bytes
