"""Pictures are known by their heads, and no file outside the issue is ever read."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from layout_engine.base.diagnostics import Outcome, Span
from layout_engine.content.model import Copy
from layout_engine.content.picture_head import read_picture_head
from layout_engine.content.read import read_copy

ASKED = Span("pages/01.yaml", 7, 12)


def picture(format_: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, format_, **options)
    return stream.getvalue()


def issue(root: Path, sidecar: str | bytes = "file: a.jpg\n", image: bytes | None = None) -> Path:
    for folder in ("articles", "photos"):
        (root / folder).mkdir(parents=True)
    (root / "articles" / "lead.md").write_text("---\nheadline: 题\n---\n正文。\n", encoding="utf-8")
    data = sidecar.encode() if isinstance(sidecar, str) else sidecar
    (root / "photos" / "a.yaml").write_bytes(data)
    (root / "photos" / "a.jpg").write_bytes(picture("JPEG") if image is None else image)
    return root


def read(root: Path, photo: str = "a") -> Outcome[Copy]:
    return read_copy(root, [("lead", ASKED)], [(photo, ASKED)], frozenset())


def codes(outcome: Outcome[Copy]) -> list[str]:
    return [one.code for one in outcome.diagnostics]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF"])
def test_the_size_is_read_from_the_head(format_: str) -> None:
    head = read_picture_head(io.BytesIO(picture(format_, (411, 29))))
    assert head is not None
    assert (head.format, head.width, head.height, head.orientation) == (format_, 411, 29, 1)


def test_a_progressive_jpeg_with_a_profile_and_exif_is_read() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = picture("JPEG", (300, 200), progressive=True, icc_profile=b"x" * 100_000, exif=exif)
    head = read_picture_head(io.BytesIO(data))
    assert head is not None
    assert (head.width, head.height, head.orientation) == (300, 200, 6)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF"])
def test_a_damaged_head_never_raises(format_: str) -> None:
    data = picture(format_)
    for length in range(min(len(data), 700)):
        read_picture_head(io.BytesIO(data[:length]))
        read_picture_head(io.BytesIO(data[:length] + b"\xff" * 40))
    assert read_picture_head(io.BytesIO(b"GIF89a")) is None


def test_a_photo_has_its_size_caption_credit_and_hash(tmp_path: Path) -> None:
    root = issue(tmp_path, "file: a.jpg\ncaption: 图为春播。\ncredit: (王静)\nnormalize: [brackets]\nalt: 田野\n")
    outcome = read(root)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    photo = outcome.value.photos["a"]
    assert (photo.file, photo.width_px, photo.height_px, photo.alt) == ("photos/a.jpg", 40, 30, "田野")
    assert photo.caption is not None
    assert photo.credit is not None
    assert (photo.caption.key, photo.caption.text, photo.credit.text) == ("a/caption", "图为春播。", "（王静）")
    assert set(outcome.value.hashes) == {"articles/lead.md", "photos/a.jpg", "photos/a.yaml"}


@pytest.mark.parametrize(
    ("sidecar", "expected"),
    [
        ("caption: 图\n", "copy/photo-without-file"),
        ("file: b.jpg\n", "copy/file-missing"),
        ("file: ../../../etc/passwd\n", "copy/leaves-folder"),
        ("file: /etc/passwd\n", "copy/leaves-folder"),
        ("file: ..\n", "copy/not-a-file"),
        ("file: '..\\x.jpg'\n", "copy/file-name"),
        ("file: 3\n", "copy/not-text"),
        ("file: a.yaml\n", "copy/not-a-picture"),
        ("fil: a.jpg\n", "copy/unknown-key"),
        ("- a\n", "copy/not-keys"),
        ("", "yaml/empty"),
        ("file: [\n", "yaml/"),
        (b"\xff", "yaml/not-utf8"),
    ],
)
def test_a_faulty_sidecar_is_found(tmp_path: Path, sidecar: str | bytes, expected: str) -> None:
    outcome = read(issue(tmp_path, sidecar))
    assert codes(outcome)[0].startswith(expected)
    assert outcome.value is not None
    assert outcome.value.photos == {}
    assert "lead" in outcome.value.stories


def test_a_missing_photo_is_told_where_the_page_asks_for_it(tmp_path: Path) -> None:
    finding = read(issue(tmp_path), "aa").diagnostics[0]
    assert (finding.code, finding.span) == ("copy/file-missing", ASKED)
    assert dict(finding.values) == {"name": "photos/aa.yaml", "nearest": "a.yaml"}


@pytest.mark.parametrize("photo", ["../articles/lead", "", "a\0b", "a\nb", "x" * 300])
def test_a_hostile_photo_name_is_refused(tmp_path: Path, photo: str) -> None:
    assert codes(read(issue(tmp_path), photo)) in (["copy/file-name"], ["copy/file-missing"])


def test_a_symbolic_link_may_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    root = issue(tmp_path / "issue")
    (tmp_path / "secret.jpg").write_bytes(picture("JPEG"))
    (tmp_path / "secret.md").write_text("---\nheadline: 密\n---\n密。\n", encoding="utf-8")
    (root / "photos" / "a.jpg").unlink()
    (root / "photos" / "a.jpg").symlink_to(tmp_path / "secret.jpg")
    (root / "articles" / "b.md").symlink_to(tmp_path / "secret.md")
    (root / "articles" / "c.md").symlink_to(root / "articles" / "lead.md")
    outcome = read(root)
    assert codes(outcome) == ["copy/leaves-folder", "copy/leaves-folder"]
    assert outcome.value is not None
    assert sorted(outcome.value.stories) == ["c", "lead"]


def test_pipes_loops_and_folders_are_no_articles(tmp_path: Path) -> None:
    root = issue(tmp_path)
    os.mkfifo(root / "articles" / "fifo.md")
    (root / "articles" / "folder.md").mkdir()
    (root / "articles" / "loop.md").symlink_to("loop.md")
    (root / "articles" / ".swap.md").write_text("x", encoding="utf-8")
    (root / "articles" / "notes.txt").write_text("x", encoding="utf-8")
    outcome = read(root)
    assert codes(outcome) == ["copy/not-a-file", "copy/not-a-file", "copy/unreadable"]
    assert outcome.value is not None
    assert list(outcome.value.stories) == ["lead"]


def test_a_bomb_of_pixels_is_found(tmp_path: Path) -> None:
    png = picture("PNG")
    bomb = png[:16] + (100_000).to_bytes(4) + (100_000).to_bytes(4) + png[24:]
    assert codes(read(issue(tmp_path / "bomb", image=bomb))) == ["copy/too-many-pixels"]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 10))
def test_the_size_of_a_turned_photo_is_that_of_the_upright_picture(
    tmp_path: Path, format_: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    outcome = read(issue(tmp_path, image=picture(format_, (40, 30), exif=exif)))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    photo = outcome.value.photos["a"]
    assert (photo.width_px, photo.height_px) == ((30, 40) if orientation in range(5, 9) else (40, 30))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.4", "PDF"), (b"GIF89a", "GIF"), (b"RIFF....WEBPVP8 ", "WebP"), (b"....ftypheic", "HEIC"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "EPS"), (b"8BPS", "PSD"), (b"PK\x03\x04", "ZIP"), (b"....ftypisom", "MP4"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named_whatever_it_is_called(tmp_path: Path, start: bytes, kind: str) -> None:
    (finding,) = read(issue(tmp_path, image=start + bytes(99))).diagnostics
    assert (finding.code, dict(finding.values)["what"]) == ("copy/not-a-picture", kind)
    assert kind in (finding.hint("en") or "")


@pytest.mark.parametrize("size", [(0, 10), (10, 0), (0, 0)])
def test_a_picture_without_pixels_is_no_picture(tmp_path: Path, size: tuple[int, int]) -> None:
    png = picture("PNG")
    empty = png[:16] + size[0].to_bytes(4) + size[1].to_bytes(4) + png[24:]
    assert codes(read(issue(tmp_path, image=empty))) == ["copy/not-a-picture"]


def test_every_article_is_read_and_a_missing_one_is_told_where_the_page_asks(tmp_path: Path) -> None:
    root = issue(tmp_path)
    (root / "articles" / "unplaced.md").write_text("---\nheadline: 题\n---\n正文。\n", encoding="utf-8")
    outcome = read_copy(root, [("leed", ASKED)], [], frozenset())
    assert [(one.code, one.span, dict(one.values)["nearest"]) for one in outcome.diagnostics] == [
        ("copy/missing-story", ASKED, "lead")
    ]
    assert outcome.value is not None
    assert list(outcome.value.stories) == ["lead", "unplaced"]


def test_an_issue_without_articles_is_empty(tmp_path: Path) -> None:
    outcome = read_copy(tmp_path, [], [], frozenset())
    assert outcome.diagnostics == ()
    assert outcome.value == Copy({}, {}, {})
