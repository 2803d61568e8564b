"""Pictures made ready beside the other work (图片制版): begun once their place is known, waited for last."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.apart import begin_apart
from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.base.marks import Picture
from layout_engine.base.recall import Recall, on_disk
from layout_engine.base.units import SU_PER_PT
from layout_engine.page.pictures import resolution_of
from layout_engine.pdf.images import PictureRequest, PreparedPicture, is_prepared, prepare_picture
from layout_engine.pdf.profile import Profile
from layout_engine.pdf.write import picture_key

_PT_PER_INCH: Final = 72
_THREADS: Final = 2  # JPEG is decoded and packed outside the interpreter's lock


class PrintedPicture(msgspec.Struct, frozen=True):
    """What became of a picture (PR-84): its pixels in the file, how they were read and converted, and the ink."""

    file: str
    pixels: tuple[int, int]
    ppi: int
    plates: str  # CMYK or K
    bits: int
    read_as: str
    intent: str | None
    ink_before: int | None
    ink: int


_Made = tuple[PreparedPicture, tuple[Diagnostic, ...]]


class PicturesInWork(Mapping[str, PreparedPicture]):
    """The pictures of a page by their `picture_key`, being made ready; asking for one waits for it.

    They are made ready on threads, or `apart`: each that the cache does not have in a process of its own, since the
    colour engine holds the interpreter's lock. A picture that cannot be made ready is there as a blank of one
    pixel, and `close` says why: the page is then written nowhere.
    """

    def __init__(
        self, issue_dir: Path, profile: Profile, cache: Path | None, recall: Recall, *, apart: bool = False
    ) -> None:
        self._issue_dir = issue_dir
        self._profile = profile
        self._cache = cache
        self._recall = recall
        self._processes = len(os.sched_getaffinity(0)) if apart and hasattr(os, "sched_getaffinity") else 0
        self._pool: ThreadPoolExecutor | None = None
        self._work: dict[str, Future[_Made] | _Apart] = {}
        self._asked: dict[str, Picture] = {}

    def begin(self, pictures: Iterable[Picture]) -> None:
        """Start on each of these that is not begun yet, or take it over from an earlier build."""
        for picture in pictures:
            key = picture_key(picture)
            self._asked[key] = picture
            if key not in self._work:
                request = _request(picture, self._issue_dir, self._profile)
                made_from = (request, on_disk(request.path), on_disk(request.profile_icc))
                self._work[key] = self._recall.get(("picture", key), made_from, partial(self._submit, request))

    def _submit(self, request: PictureRequest) -> "Future[_Made] | _Apart":
        if self._processes and self._cache is not None and not is_prepared(request, self._cache):
            wait = begin_apart(partial(prepare_picture, request, self._cache))
            if wait is not None:
                self._processes -= 1
                return _Apart(wait, partial(_prepare, request, self._cache))
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS)
        return self._pool.submit(_prepare, request, self._cache)

    def __getitem__(self, key: str) -> PreparedPicture:
        return self._work[key].result()[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._work)

    def __len__(self) -> int:
        return len(self._work)

    def close(self) -> tuple[Diagnostic, ...]:
        """Wait for all of them; what was found, in the page's order."""
        found = [one for work in self._work.values() for one in work.result()[1]]
        if self._pool is not None:
            self._pool.shutdown()
        return (*found, *(one for key in self._work for one in self._coarse_line_art(key)))

    def printed(self) -> tuple[PrintedPicture, ...]:
        """What became of each, in the page's order; call it after `close`."""
        return tuple(_printed(self._asked[key], self[key]) for key in self._work)

    def _coarse_line_art(self, key: str) -> Iterator[Diagnostic]:
        """Line art with too few pixels (PR-81), unless they would be too few for a photograph, which is told."""
        picture, least = self._asked[key], self._profile.line_art_ppi_least
        ppi = resolution_of(picture)
        if self[key].bits == 1 and self._profile.picture_ppi_wanted <= ppi < least:
            yield diagnose("photo/line-art-coarse", picture.span, name=picture.file, ppi=ppi, least=least)


class _Apart:
    """A picture that another process puts into the cache; if it could not, it is made here after all."""

    def __init__(self, wait: Callable[[], None], prepare: Callable[[], _Made]) -> None:
        self._wait = wait
        self._prepare = prepare
        self._made: _Made | None = None

    def result(self) -> _Made:
        if self._made is None:
            self._wait()
            self._made = self._prepare()
        return self._made


def _prepare(request: PictureRequest, cache: Path | None) -> _Made:
    prepared = prepare_picture(request, cache)
    return prepared.value or BLANK, prepared.diagnostics


def _printed(picture: Picture, made: PreparedPicture) -> PrintedPicture:
    return PrintedPicture(
        file=picture.file,
        pixels=(made.width_px, made.height_px),
        ppi=made.width_px * _PT_PER_INCH * SU_PER_PT // max(1, picture.rect.width),
        plates="K" if made.components == 1 else "CMYK",
        bits=made.bits,
        read_as=made.converted_from,
        intent=made.intent or None,
        ink_before=made.ink_before_percent,
        ink=made.max_ink_percent,
    )


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
        rules=profile.pictures,
    )


BLANK: Final = PreparedPicture(
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
