"""How many pixels a picture has that a region places as art (广告图): from its head, nothing decoded."""

from pathlib import Path

from layout_engine.base.diagnostics import Outcome, Span, diagnose
from layout_engine.content.photos import MAX_PIXELS
from layout_engine.content.picture_head import read_picture_head


def read_picture_size(path: Path, file: str, asked_at: Span) -> Outcome[tuple[int, int]]:
    """Width and height in pixels of the picture at `path`, shown to people as `file`."""
    try:
        with path.open("rb") as stream:
            head = read_picture_head(stream)
    except OSError as error:
        return Outcome(None, (diagnose("copy/unreadable", asked_at, name=file, reason=error.strerror or ""),))
    if head is None:
        return Outcome(None, (diagnose("copy/not-a-picture", asked_at, name=file),))
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
    return Outcome((head.width, head.height))
