"""追溯, the law of traceability: every glyph leads to the file, line and column where its character stands."""

from functools import cache
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.content.model import Edit
from layout_engine.scene.items import GlyphRun
from tests.kit.reference import ISSUES, NAMES, composed

JUMPS = ("jump_to", "jump_from")  # （下转第3版） is computed from the number of the page


@cache
def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()


def written_at(issue: str, span: Span) -> str:
    """The character that stands at this place of the source file."""
    return lines_of(ISSUES / issue / span.file)[span.line - 1][span.column - 1]


def edits_of(issue: str) -> dict[tuple[str, Span], Edit]:
    """The edits that were applied to each part, by the part's name in its file and the place."""
    copy = composed(issue).inputs.copy
    parts = [part for story in copy.stories.values() for part in story.parts]
    parts += [part for photo in copy.photos.values() for part in (photo.caption, photo.credit) if part]
    return {(part.key.rsplit("/", 1)[-1], edit.span): edit for part in parts for edit in part.edits if edit.applied}


@pytest.mark.parametrize("issue", NAMES)
def test_every_glyph_stands_for_the_character_in_its_file_or_for_a_recorded_edit(issue: str) -> None:
    edits = edits_of(issue)
    glyphs = 0
    for page in composed(issue).pages:
        for region in page.scene.pages[0].regions:
            for run in (item for item in region.items if isinstance(item, GlyphRun)):
                source = page.scene.sources[run.key]
                for at, shown in enumerate(run.text, run.starts[0]):
                    span = source.span(at)
                    edit = edits.get((run.key.rsplit("/", 1)[-1], span))
                    if edit is not None:
                        assert shown in edit.after, f"{span}: {shown} for {edit}"
                    elif _is_computed(source.segments, at):
                        field = run.key.rsplit("/", 1)[-1]
                        says = written_at(issue, span)
                        assert says == "{" or (field in JUMPS and says.isdigit()), f"{span}: {shown} from no field"
                    else:
                        assert written_at(issue, span) == shown, f"{span}"
                    glyphs += 1
    assert glyphs > 1000


def _is_computed(segments: tuple[object, ...], at: int) -> bool:
    """Whether the character was computed from a field such as {date}: then its place is the field's."""
    return any(
        one.pinned and one.start <= at < one.start + one.length  # type: ignore[attr-defined]
        for one in segments
    )


@pytest.mark.parametrize("issue", NAMES)
def test_every_run_is_set_in_a_face_of_the_house(issue: str) -> None:
    faces = {face.key for face in composed(issue).inputs.faces.all()}
    for page in composed(issue).pages:
        for region in page.scene.pages[0].regions:
            for run in (item for item in region.items if isinstance(item, GlyphRun)):
                assert run.face in faces
                assert all(run.gids)
