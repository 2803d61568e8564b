"""What is known of a picture before it is placed (图片): its file, size in pixels, caption and credit.

    # photos/sewing.yaml
    file: sewing.jpg        # beside this file, or below the issue's folder
    caption: 图为……
    credit: （翟佳乐 王申申）
    alt: 车间               # for readers who cannot see it; not set on the page

Only the head of the picture file is read here; its pixels are decoded when it is written.
"""

from pathlib import Path
from typing import Final

from layout_engine.base.diagnostics import Findings, Outcome, Span
from layout_engine.base.file_hash import hash_of
from layout_engine.base.yaml_nodes import YamlDocument, read_yaml
from layout_engine.content.fields import Fields, read_fields
from layout_engine.content.files import find_file
from layout_engine.content.model import Part, Photo
from layout_engine.content.normalize import normalize_part
from layout_engine.content.picture_head import START_BYTES, foreign_format, read_picture_head
from layout_engine.content.text_file import report_forbidden

MAX_PIXELS: Final = 120_000_000  # 400 dpi over a broadsheet's whole page are about 60 million

_KEYS: Final = {"file": False, "caption": False, "credit": False, "alt": False}


def read_photo(root: Path, file: str, data: bytes, photo_id: str, normalize: frozenset[str]) -> Outcome[Photo]:
    """The picture that the sidecar at `file` describes; `root` is the issue's folder, `data` the sidecar's bytes.

    None where there is no picture that could be placed.
    """
    found = Findings()
    outcome = read_yaml(data, file)
    found.extend(outcome.diagnostics)
    document = outcome.value
    if document is None:
        return Outcome(None, found.all())
    fields = read_fields(document, _KEYS, found)
    parts = _parts(fields, photo_id, normalize, found)
    if "file" not in fields.texts:
        if "file" not in fields.refused:
            found.add("copy/photo-without-file", Span(file))
        return Outcome(None, found.all())
    photo = _read_picture(root, document, fields, found)
    if photo is None:
        return Outcome(None, found.all())
    name, width, height, digest = photo
    alt = fields.texts["alt"].text if "alt" in fields.texts else ""
    value = Photo(photo_id, name, Span(file), width, height, digest, parts.get("caption"), parts.get("credit"), alt)
    return Outcome(value, found.all())


def _parts(fields: Fields, photo_id: str, normalize: frozenset[str], found: Findings) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for kind in ("caption", "credit"):
        if kind in fields.texts:
            copy = fields.texts[kind]
            report_forbidden(copy, found)
            part = Part(f"{photo_id}/{kind}", "caption" if kind == "caption" else "credit", copy)
            parts[kind] = normalize_part(part, normalize | fields.normalize)
    return parts


def _read_picture(
    root: Path, document: YamlDocument, fields: Fields, found: Findings
) -> tuple[str, int, int, str] | None:
    """The picture's file as seen from `root`, width, height and hash."""
    asked_at = fields.texts["file"].span(0)
    beside = document.file.rpartition("/")[0]
    file = find_file(root, beside, fields.texts["file"].text, asked_at, found)
    if file is None:
        return None
    try:
        with open(file.path, "rb") as stream:
            head = read_picture_head(stream)
            stream.seek(0)
            what = None if head else foreign_format(stream.read(START_BYTES))
        digest = hash_of(file.path)
    except OSError as error:
        found.add("copy/unreadable", asked_at, name=file.name, reason=error.strerror or "")
        return None
    if head is None:
        found.add("copy/not-a-picture", asked_at, name=file.name, what=what or "")
        return None
    if head.width * head.height > MAX_PIXELS:
        found.add(
            "copy/too-many-pixels",
            asked_at,
            name=file.name,
            width=head.width,
            height=head.height,
            most=MAX_PIXELS // 1_000_000,
        )
        return None
    return file.name, *head.upright, digest
