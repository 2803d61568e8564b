"""The text of an issue for Typst, the yardstick (对照): `python benchmarks/typst_page.py ISSUE_DIR FONTS_DIR FOLDER`.

Writes FOLDER/page.typ, and beside it the pictures: the same characters, faces, sizes, page and number of columns as
in the reference page. What Typst does with them is its own affair: it knows no grid, no ledger, no CMYK pictures.
"""

import argparse
import shutil
from pathlib import Path
from typing import Final

from layout_engine.base.stopwatch import Stopwatch
from layout_engine.content.model import Story
from layout_engine.gate import read_inputs
from layout_engine.page.regions.built_in import BUILT_IN_KINDS

HEAD: Final = """\
#set page(width: 270mm, height: 390mm, margin: (x: 15mm, y: 20mm), columns: 5)
#set text(font: "Noto Serif SC", size: 9pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 3pt, spacing: 3pt)
#let headline(body) = align(center, text(weight: 900, size: 16pt, body))
#let deck(body) = align(center, text(font: "Noto Sans SC", size: 11pt, body))
#let note(body) = align(center, text(font: "Jimo Kai", size: 12pt, body))
#let byline(body) = align(right, text(font: "Jimo Kai", body))
#let crosshead(body) = align(center, text(font: "Noto Sans SC", weight: 700, body))
"""
AROUND: Final = {"headline": "headline", "kicker": "deck", "deck": "deck", "note": "note"}
INSIDE: Final = {"byline": "byline", "crosshead": "crosshead"}
SPECIAL: Final = str.maketrans({one: f"\\{one}" for one in "\\#$*_`<>@[]~=-+/\"'"})


def page(issue_dir: Path, fonts: Path) -> tuple[str, list[str]]:
    """The page as a Typst source, and the picture files that it names."""
    inputs = read_inputs(issue_dir, fonts, Stopwatch(), BUILT_IN_KINDS).inputs
    if inputs is None:
        raise SystemExit(f"{issue_dir} has errors: layout-engine check {issue_dir}")
    parts = [HEAD]
    for photo in inputs.copy.photos.values():
        words = "".join(_escaped(part.text) for part in (photo.caption, photo.credit) if part)
        parts.append(f'#image("{photo.file}", width: 100%)\n#text(font: "Jimo Kai")[{words}]\n')
    parts += map(_story, inputs.copy.stories.values())
    for each in inputs.spec.pages:
        for region in each.regions:
            lines = [*getattr(region.spec, "lines", ()), *([region.spec] if hasattr(region.spec, "text") else ())]
            parts += [f"{_escaped(line.text)}\n" for line in lines]
    return "\n".join(parts), [photo.file for photo in inputs.copy.photos.values()]


def _story(story: Story) -> str:
    above = [f"#{AROUND[part.kind]}[{_escaped(part.text)}]" for part in story.parts if part.kind in AROUND]
    body = [
        f"#{INSIDE[part.kind]}[{_escaped(part.text)}]" if part.kind in INSIDE else _escaped(part.text)
        for part in story.parts
        if part.kind not in AROUND
    ]
    return "\n".join((*above, "\n\n".join(body)))


def _escaped(text: str) -> str:
    return text.translate(SPECIAL)


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issue_dir", type=Path)
    parser.add_argument("fonts", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    source, pictures = page(given.issue_dir, given.fonts)
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "page.typ").write_text(source, encoding="utf-8")
    for name in pictures:
        target = given.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(given.issue_dir / name, target)


if __name__ == "__main__":
    main()
