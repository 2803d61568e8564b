"""How many pixels a picture has that a region places as art (广告图): from its head, nothing decoded."""

from pathlib import Path

from layout_engine.base.diagnostics import Outcome, Span, diagnose
from layout_engine.content.photos import MAX_PIXELS
from layout_engine.content.picture_head import START_BYTES, foreign_format, read_picture_head


def read_picture_size(path: Path, file: str, asked_at: Span) -> Outcome[tuple[int, int]]:
    """Width and height in pixels of the picture at `path` as one sees it; `file` is its name for people."""
    try:
        with path.open("rb") as stream:
            head = read_picture_head(stream)
            stream.seek(0)
            what = None if head else foreign_format(stream.read(START_BYTES))
    except OSError as error:
        return Outcome(None, (diagnose("copy/unreadable", asked_at, name=file, reason=error.strerror or ""),))
    if head is None:
        return Outcome(None, (diagnose("copy/not-a-picture", asked_at, name=file, what=what or ""),))
    if head.width * head.height > MAX_PIXELS:
        found = diagnose(
            "copy/too-many-pixels",
            asked_at,
            name=file,
            width=head.width,
            height=head.height,
            most=MAX_PIXELS // 1_000_000,
        )
        return Outcome(None, (found,))
    return Outcome(head.upright)
