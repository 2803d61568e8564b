"""Write composed pages as files (出版): pictures converted beside the work, PDFs written whole or not at all."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.base.marks import Picture
from layout_engine.base.units import SU_PER_PT
from layout_engine.pdf.images import PictureRequest, PreparedPicture, prepare_picture
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.write import picture_key
from layout_engine.scene.items import ScenePage

_PT_PER_INCH = 72
_THREADS = 2  # the colour engine and the JPEG coder work outside the interpreter's lock


class PicturesInWork(Mapping[str, PreparedPicture]):
    """The pictures of a page, being converted on threads; asking for one waits for it.

    A picture that cannot be converted is there as a blank of one pixel, and `diagnostics` says why: the page is
    then written nowhere.
    """

    def __init__(self, page: ScenePage, issue_dir: Path, profile: Profile, cache: Path | None) -> None:
        pictures = [item for region in page.regions for item in region.items if isinstance(item, Picture)]
        self._pool = ThreadPoolExecutor(_THREADS) if pictures else None
        self._work: dict[str, Future[tuple[PreparedPicture, tuple[Diagnostic, ...]]]] = {}
        for picture in pictures:
            key = picture_key(picture)
            if key not in self._work and self._pool is not None:
                request = _request(picture, issue_dir, profile)
                self._work[key] = self._pool.submit(_prepare, request, cache)

    def __getitem__(self, key: str) -> PreparedPicture:
        return self._work[key].result()[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._work)

    def __len__(self) -> int:
        return len(self._work)

    def close(self) -> tuple[Diagnostic, ...]:
        """Wait for all of them; what was found, in the page's order."""
        found = tuple(one for work in self._work.values() for one in work.result()[1])
        if self._pool is not None:
            self._pool.shutdown()
        return found


def _prepare(request: PictureRequest, cache: Path | None) -> tuple[PreparedPicture, tuple[Diagnostic, ...]]:
    prepared = prepare_picture(request, cache)
    return prepared.value or BLANK, prepared.diagnostics


def _request(picture: Picture, issue_dir: Path, profile: Profile) -> PictureRequest:
    """What the picture becomes on paper: no more pixels than the profile's resolution asks for (PR-80)."""

    def most(length: int) -> int:
        return max(1, -(-length * profile.picture_ppi_most // (_PT_PER_INCH * SU_PER_PT)))

    return PictureRequest(
        path=issue_dir / picture.file,
        crop_px=picture.crop,
        target_px=(most(picture.rect.width), most(picture.rect.height)),
        profile_icc=profile.icc_file,
        total_ink=profile.total_ink,
        span=picture.span,
    )


BLANK = PreparedPicture(
    width_px=1,
    height_px=1,
    components=1,
    data=b"x\x9cc\xf8\x0f\x00\x01\x01\x01\x00",  # one white pixel, packed
    filter="FlateDecode",
    inverted=False,
    source_sha256="",
    converted_from="",
    max_ink_percent=0,
)
