"""An issue on the desk: copied, its stories made longer or shorter, and options applied by editing its files.

The edits here know nothing of the engine but what an option says. They are made the way an editor would: with the
paragraph's place, in the text of the file; and in the page's YAML, by the path of a value.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import yaml

from layout_engine.base.recall import Recall
from layout_engine.base.stopwatch import Stopwatch
from layout_engine.fit.model import Add, Cut, Drop, Join, Option, Split, Step
from layout_engine.gate import Inputs, read_inputs
from layout_engine.page.lay_out import Materials, lay_out_page
from layout_engine.page.model import Fullness
from layout_engine.page.regions.built_in import BUILT_IN_KINDS
from layout_engine.spec.files import Write

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "fonts"
STOPS = "。！？…；”’』」）"
ENDS = "。！？"
FILLER = "有关方面将继续听取各方意见完善各项措施确保工作落到实处让群众得到更多实惠也为今后发展打下更好基础"


Found = Counter[tuple[str, tuple[tuple[str, str], ...]]]


class Proof(msgspec.Struct, frozen=True):
    """The pages as their files say: how full each story is, errors and warnings; no pages where they are refused."""

    fullness: tuple[Fullness, ...]
    findings: Found
    pages: int

    def of(self, story: str) -> tuple[int, int]:
        """Lines over and rows under of one story, wherever it stands."""
        mine = [one for one in self.fullness if one.story == story]
        return sum(one.lines_over for one in mine), sum(one.rows_under for one in mine)


class Desk:
    """A copy of an issue in a folder of its own, laid out from its files as often as one likes."""

    def __init__(self, issue: str, folder: Path) -> None:
        shutil.copytree(ROOT / "issues" / "house", folder / "house", dirs_exist_ok=True)
        self.dir = folder / issue
        self._recall = Recall()  # what an edit did not touch is not read or laid out again
        shutil.copytree(ROOT / "issues" / issue, self.dir)

    def inputs(self) -> Inputs:
        """The issue as its files now say."""
        inputs = read_inputs(self.dir, FONTS, Stopwatch(), BUILT_IN_KINDS, self._recall).inputs
        assert inputs is not None
        return inputs

    def proof(self) -> Proof:
        """Every page laid out from the files; what is said of the copy itself is the editor's affair."""
        reading = read_inputs(self.dir, FONTS, Stopwatch(), BUILT_IN_KINDS, self._recall)
        found = [one for one in reading.diagnostics if not one.code.startswith("copy/")]
        fullness: list[Fullness] = []
        pages = reading.inputs.spec.pages if reading.inputs else ()
        for page in pages:
            assert reading.inputs is not None
            stories, arts, pixels, faces = (getattr(reading.inputs, one) for one in ("copy", "arts", "pixels", "faces"))
            materials = Materials(stories, arts, pixels, faces, reading.inputs.spec.house.names)
            laid_out = lay_out_page(page, materials, BUILT_IN_KINDS, self._recall)
            assert laid_out.value is not None
            fullness += [one for region in laid_out.value.regions for one in region.fullness]
            found += laid_out.diagnostics
        serious = Counter((one.code, one.values) for one in found if one.severity != "info")
        return Proof(tuple(fullness), serious, len(pages))

    @contextmanager
    def edited(self, option: Option, turn: int) -> Iterator[None]:
        """The files as they are after an option, for a while."""
        files = {file for step in option.steps for file in _files(step)}
        before = {file: (self.dir / file).read_bytes() for file in files}
        try:
            self.apply(option, turn)
            yield
        finally:
            for file, content in before.items():
                (self.dir / file).write_bytes(content)

    def apply(self, option: Option, turn: int) -> None:
        """Do what an option says; `turn` chooses the characters, which are the editor's choice."""
        steps = sorted(option.steps, key=lambda one: (-getattr(one, "paragraph", 0), -getattr(one, "sentence", 0)))
        for step in (one for one in steps if isinstance(one, Cut | Drop)):
            if isinstance(step, Cut):
                self._cut(step, turn)
            else:
                self._drop(step)
        for step in (one for one in steps if isinstance(one, Add)):
            self._add(step, turn)
        for step in (one for one in steps if isinstance(one, Split)):
            self._split(step)
        for step in (one for one in steps if isinstance(one, Join)):
            self._join(step)
        for step in steps:
            for write in getattr(step, "writes", ()):
                self._write(write)

    def _lines(self, file: str) -> list[str]:
        return (self.dir / file).read_text(encoding="utf-8").split("\n")

    def _save(self, file: str, lines: list[str]) -> None:
        (self.dir / file).write_text("\n".join(lines), encoding="utf-8")

    def _cut(self, step: Cut, turn: int) -> None:
        lines = self._lines(step.span.file)
        first, last = paragraph_lines(lines, step.span.line)
        text = "\n".join(lines[first:last])
        count = step.most if turn % 2 else step.characters
        lines[first:last] = cut(text, count, turn // 2).split("\n")
        self._save(step.span.file, lines)

    def _drop(self, step: Drop) -> None:
        lines = self._lines(step.span.file)
        line, at = lines[step.span.line - 1], step.span.column - 1
        assert line[at:].startswith(step.begins), (line[at:], step.begins)
        lines[step.span.line - 1] = line[:at] + line[at + step.characters :]
        self._save(step.span.file, lines)

    def _add(self, step: Add, turn: int) -> None:
        lines = self._lines(step.span.file)
        first, last = paragraph_lines(lines, step.span.line)
        text = "\n".join(lines[first:last])
        count = step.characters if turn % 2 else step.most
        places = [at for at in range(1, len(text)) if _is_plain(text[at - 1]) and _is_plain(text[at])]
        at = {0: len(text.rstrip(STOPS)), 1: places[len(places) // 2]}[turn // 2 % 2]
        added = (FILLER * (count // len(FILLER) + 1))[:count]
        lines[first:last] = (text[:at] + added + text[at:]).split("\n")
        self._save(step.span.file, lines)

    def _split(self, step: Split) -> None:
        lines = self._lines(step.span.file)
        line, at = lines[step.span.line - 1], step.span.column - 1
        lines[step.span.line - 1 : step.span.line] = [line[:at], "", line[at:]]
        self._save(step.span.file, lines)

    def _join(self, step: Join) -> None:
        lines = self._lines(step.span.file)
        begin = end = step.span.line - 1
        while not lines[begin - 1].strip() or lines[begin - 1].startswith("<!--"):
            begin -= 1
        comments = [one for one in lines[begin:end] if one.strip()]
        del lines[begin:end]
        first, _ = paragraph_lines(lines, begin)
        lines[first:first] = comments
        self._save(step.span.file, lines)

    def _write(self, write: Write) -> None:
        path = self.dir / write.file
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        holder: Any = document
        for step in write.path[:-1]:
            holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
        assert (holder.get(write.path[-1]) if isinstance(holder, dict) else holder[write.path[-1]]) == write.old
        holder[write.path[-1]] = write.new
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _files(step: Step) -> set[str]:
    """The files that a step changes."""
    files = {write.file for write in getattr(step, "writes", ())}
    return files | ({step.span.file} if hasattr(step, "span") else set())


def paragraph_lines(lines: list[str], line: int) -> tuple[int, int]:
    """The lines of the paragraph that has `line` (from 1), as a slice."""
    first = last = line - 1
    while lines[first - 1].strip() and lines[first - 1] != "---":
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, last


def cut(text: str, count: int, turn: int) -> str:
    """`text` without `count` Chinese characters: the last, the first, the middle ones; or every third, second …"""
    plain = may_go(text)
    assert len(plain) >= count, (len(plain), count)
    spare = len(plain) - count
    if turn == 3:
        gone = set(plain[:: max(1, len(plain) // count)][:count])
    else:
        start = (spare, 0, spare // 2)[turn]
        gone = set(plain[start : start + count])
    return "".join(one for at, one in enumerate(text) if at not in gone)


def may_go(text: str) -> list[int]:
    """The Chinese characters outside comments and marked words, but two in each clause, so that no two marks meet."""
    found, kept, hidden = [], 0, False
    for at, one in enumerate(text):
        hidden = (hidden or text.startswith("<!--", at)) and text[at - 3 : at] != "-->"
        starred = text[:at].count("*") % 2
        if hidden or starred or not _is_plain(one):
            kept = 0
        elif kept < 2:
            kept += 1
        else:
            found.append(at)
    return found


def _is_plain(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff"
