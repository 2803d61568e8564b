"""Hostile picture files: each told in one clear finding, in bounded time and memory, in a process that has little."""

import io
import json
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.pdf.made_pictures import chunk, png, tiff
from tests.pdf.test_images import wheel

MOST_MEMORY = 1_200_000_000  # bytes of address space: Python with its libraries takes some 200 million of them
MOST_SECONDS = 20  # of CPU, for all of the files together; they take some 3

PREPARE = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
from layout_engine.pdf.images import PictureRequest, prepare_picture
from layout_engine.pdf.profile import MODEL_ICC
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    outcome = prepare_picture(PictureRequest(path, None, (600, 600), MODEL_ICC), None)
    told[path.name] = [[one.code, one.message("en")] for one in outcome.diagnostics]
print(json.dumps(told))
"""


def saved(picture: Image.Image, format_: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format_, **options)
    return stream.getvalue()


def zeros(width: int, height: int, bits: int) -> bytes:
    """The rows of a picture of noughts, packed as far as they go, without ever having them in memory."""
    row = bytes(1 + width * bits // 8)
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(row) for _ in range(height)) + packer.flush()


def bomb(width: int, height: int, bits: int = 8, colour: int = 0) -> bytes:
    head = struct.pack(">LLBBBBB", width, height, 8, colour, 0, 0, 0)
    data = zeros(width, height, bits)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def plain_tiff(**tags: object) -> bytes:
    """A grey TIFF of 40 × 30 pixels with some of its tags made absurd, by number: `t258=[64]`."""
    given = {int(name[1:]): values for name, values in tags.items()}
    sound = {258: [8], 259: [1], 262: [1], 277: [1], 278: [30]}
    return tiff((40, 30), {**sound, **given}, [bytes(1200)])  # type: ignore[dict-item]


def many_scans() -> bytes:
    data = saved(wheel((400, 300)), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * 500 + b"\xff\xd9"


def many_segments() -> bytes:
    data = saved(wheel(), "JPEG")
    start = data.index(b"\xff\xda")
    return data[:start] + b"\xff\xfe\x00\x02" * 2_000_000 + data[start:]


def many_chunks(*, before: bool) -> bytes:
    data = saved(wheel(), "PNG")
    at = data.index(b"IDAT") - 4 if before else len(data) - 12
    return data[:at] + chunk(b"teXt", b"") * 700_000 + data[at:]


def rows() -> bytes:
    return b"".join(b"\0" + bytes(120) for _ in range(30))


PACKED_ZEROS = zlib.compress(bytes(200_000_000), 9)

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.png": (lambda: bomb(60_000, 2_001), "photo/too-large"),
    "claim.png": (lambda: png(0x7FFFFFFF, 0x7FFFFFFF, 8, 2, b""), "photo/too-large"),
    "no-width.png": (lambda: png(0, 30, 8, 2, b""), "photo/unreadable"),
    "no-height.tif": (lambda: tiff((40, 0), {258: [8], 259: [1], 262: [1], 277: [1]}, [b""]), "photo/unreadable"),
    "half.jpg": (lambda: saved(wheel((400, 300)), "JPEG")[:5000], "photo/truncated"),
    "half.png": (lambda: saved(wheel((400, 300)), "PNG")[:5000], "photo/truncated"),
    "half.tif": (lambda: saved(wheel((400, 300)), "TIFF", compression="tiff_lzw")[:5000], "photo/unreadable"),
    "scans.jpg": (many_scans, "photo/unreadable"),
    "segments.jpg": (many_segments, "photo/unreadable"),
    "chunks.png": (lambda: many_chunks(before=True), "photo/unreadable"),
    "chunks-behind.png": (lambda: many_chunks(before=False), "photo/unreadable"),
    "profile-bomb.png": (
        lambda: png(40, 30, 8, 2, rows(), (b"iCCP", b"x\0\0" + PACKED_ZEROS)),
        "photo/unreadable",
    ),
    "deep.tif": (lambda: plain_tiff(t258=[64]), "photo/unreadable"),
    "channels.tif": (lambda: plain_tiff(t277=[0x7FFFFFFF]), "photo/unreadable"),
    "wide.tif": (lambda: plain_tiff(t256=[0xFFFFFFFF]), "photo/too-large"),
    "packing.tif": (lambda: plain_tiff(t259=[54321]), "photo/unreadable"),
    "strip-outside.tif": (lambda: plain_tiff(t273=[0x7FFFFFF0]), "photo/truncated"),
    "tiles.tif": (lambda: plain_tiff(t322=[0x10000], t323=[0x10000], t324=[8], t325=[1200]), "photo/unreadable"),
    "places.tif": (lambda: plain_tiff(t273=[8] * 3_000_000), "photo/unreadable"),
    "no-tags.tif": (lambda: b"II*\0\x08\0\0\0" + bytes(20), "photo/unreadable"),
    "loop.tif": (lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0", "photo/unreadable"),
    "really-pdf.jpg": (lambda: b"%PDF-1.6\n" + bytes(500), "photo/unreadable"),
    "really-webp.png": (lambda: b"RIFF\0\0\0\0WEBPVP8 " + bytes(500), "photo/unreadable"),
    "empty.jpg": (lambda: b"", "photo/unreadable"),
}  # fmt: skip

PRINTED: dict[str, Callable[[], bytes]] = {
    "really-png.jpg": lambda: saved(wheel(), "PNG"),
    "really-jpeg.tif": lambda: saved(wheel(), "JPEG"),
    "large.png": lambda: bomb(10_900, 10_900),  # just under the limit, black
    "text-bomb.png": lambda: png(40, 30, 8, 2, rows(), (b"zTXt", b"x\0\0" + PACKED_ZEROS[:1000])),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    """What a process with little memory and time finds in each file."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in REFUSED.items():
        (folder / name).write_bytes(make())
    for name, sound in PRINTED.items():
        (folder / name).write_bytes(sound())
    command = [sys.executable, "-W", "ignore", "-c", PREPARE, str(folder), str(MOST_MEMORY), str(MOST_SECONDS)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    return {name: [(code, text) for code, text in found] for name, found in json.loads(done.stdout).items()}


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="memory can be limited on Linux alone")
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_one_finding(name: str, told: dict[str, list[tuple[str, str]]]) -> None:
    assert [code for code, _ in told[name]] == [REFUSED[name][1]], told[name]
    assert name in told[name][0][1]


@pytest.mark.parametrize("name", PRINTED)
def test_a_large_file_or_one_of_another_suffix_is_printed(name: str, told: dict[str, list[tuple[str, str]]]) -> None:
    assert not [code for code, _ in told[name] if code not in ("photo/grey-in-colour",)]
