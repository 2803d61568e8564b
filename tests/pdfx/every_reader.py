"""Every sample page in both profiles by every reader that did not write it, in silence and as one picture.

    python -m tests.pdfx.every_reader

poppler, MuPDF, Ghostscript, PDFium and qpdf open each file; what they draw is compared with what most of them draw, and
the plates of three of them with one another. Prints a table; exits with 1 where a reader speaks or disagrees.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final, TypeVar

import msgspec

from tests.pdfx.alike import DPI, PLATE_DPI, Alike, Apart, all_alike, apart
from tests.pdfx.readers import PICTURES, SEPARATIONS, TELLERS, said
from tests.pdfx.samples import Written, samples

AT_ONCE: Final = 2
VERSIONS: Final = (("pdftoppm", "-v"), ("mutool", "-v"), ("gs", "--version"), ("qpdf", "--version"))

T = TypeVar("T")


class Seen(msgspec.Struct, frozen=True):
    """One file as the readers see it."""

    profile: str
    name: str
    pictures: dict[str, Alike]
    plates: dict[tuple[str, str], Apart]

    @property
    def agrees(self) -> bool:
        return all(one.agrees for one in self.pictures.values()) and all(one.agrees for one in self.plates.values())


def by_all(readers: Mapping[str, Callable[[Path, int, Path], T]], path: Path, dpi: int, out: Path) -> dict[str, T]:
    """What each reader makes of the file, some of them at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(readers, pool.map(lambda reads: reads(path, dpi, out), readers.values()), strict=True))


def see(file: Written, folder: Path) -> Seen:
    """One file by all readers; one that speaks raises."""
    path = folder / file.name
    path.write_bytes(file.data)
    for tells in TELLERS.values():
        tells(path)
    pictures = all_alike(by_all(PICTURES, path, DPI, folder))
    plates = by_all(SEPARATIONS, path, PLATE_DPI, folder)
    pairs = {pair: apart(plates[pair[0]], plates[pair[1]]) for pair in combinations(plates, 2)}
    return Seen(file.profile, file.name, pictures, pairs)


def see_all() -> Iterator[Seen]:
    for file in samples():
        with TemporaryDirectory() as folder:
            yield see(file, Path(folder))


def main() -> int:
    """Show the table; 1 where somebody disagrees."""
    for command in VERSIONS:
        print(" ".join(said(*command)).strip().splitlines()[0])
    begin = perf_counter()
    print("| Profile | Page |", *(f" {name} |" for name in PICTURES), " plates |", sep="")
    print("|---|---|", "---|" * len(PICTURES), "---|", sep="")
    agree = True
    for seen in see_all():
        worst = max(seen.plates.values(), key=lambda one: one.worst)
        cells = [f"{one.mean:.3f} / {one.worst:.2f}" for one in seen.pictures.values()]
        cells.append(f"{worst.mean:.1%} / {worst.worst:.1%}")
        print(
            "|", " | ".join((seen.profile, seen.name[8:-4], *cells)), "|" if seen.agrees else "| DISAGREES", flush=True
        )
        for name, one in seen.pictures.items():
            if not one.agrees:
                print(f"  {name} at {one.place} mm: {one}")
        agree = agree and seen.agrees
    print(f"{len(samples())} files, {perf_counter() - begin:.0f} s")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
