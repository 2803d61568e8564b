"""Small issues for the guards: a house, a page and a few articles in a folder, read as the engine reads them."""

from pathlib import Path

from layout_engine.base.diagnostics import Diagnostic, Span
from layout_engine.base.source import read_at
from layout_engine.content.model import Copy, Part, Photo, Story
from layout_engine.guards.guard import Earlier, Guard, Sheet
from layout_engine.guards.run import run_guards
from layout_engine.spec.read import read_issue
from layout_engine.spec.resolved import IssueSpec

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "issues/2024-05-21"


def story(name: str, *body: str, headline: str = "", deck: str = "", note: str = "") -> Story:
    """A story whose parts stand line after line in one file."""
    head = [(kind, text) for kind, text in (("headline", headline), ("deck", deck), ("note", note)) if text]
    texts = [*head, *(("body", one) for one in body)]
    file = f"articles/{name}.md"
    parts = tuple(
        Part(f"{name}/{kind}-{at}", kind, read_at(text, file, at, 1))  # type: ignore[arg-type]
        for at, (kind, text) in enumerate(texts, 1)
    )
    return Story(name, file, Span(file), parts)


def spec_of(folder: Path, house: str = "", issue: str = "") -> IssueSpec:
    """The sample issue's spec, with more lines in its house and its issue file; written to `folder`."""
    here = folder / "2024-05-21"
    (here / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "house").mkdir(exist_ok=True)
    paper = (REFERENCE.parent / "house/xinjimo.yaml").read_text(encoding="utf-8")
    (folder / "house/xinjimo.yaml").write_text(f"{paper}\n{house}", encoding="utf-8")
    written = (REFERENCE / "issue.yaml").read_text(encoding="utf-8").replace("pages/01.yaml", "pages/1.yaml")
    (here / "issue.yaml").write_text(f"{written}\n{issue}", encoding="utf-8")
    page = (
        "page: 1\nformat: tabloid\nregions:\n  - {id: lead, kind: story, story: lead, columns: 1-5, rows: 1-40}\n"
        "  - {id: photo, kind: photo, photo: roof, columns: 1-5, rows: 42-60}\n"
    )
    (here / "pages/1.yaml").write_text(page, encoding="utf-8")
    read = read_issue(here)
    assert read.value is not None, [one.message("en") for one in read.diagnostics]
    return read.value


def look(
    guard: Guard, spec: IssueSpec, *stories: Story, photos: tuple[Photo, ...] = (), earlier: tuple[Earlier, ...] = ()
) -> tuple[Diagnostic, ...]:
    """What one guard finds."""
    copy = Copy({one.id: one for one in stories}, {one.id: one for one in photos}, {})
    return run_guards(Sheet(spec, copy, earlier), (guard,))


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code.removeprefix("guard/") for one in found]


def values(found: tuple[Diagnostic, ...], name: str) -> list[str]:
    return [dict(one.values)[name] for one in found]
