"""The late page (换版): may it take the place of the one that the printer has, and which plates change?

The press is set up for the old page: by its name, size, boxes, inks and printing condition. A page that differs in any
of these is another job and not a replacement.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Outcome, diagnose
from layout_engine.final.facts import Fact, Fault, PressFacts, UnfitError, read_facts

# Chinese and English, as findings name them.
_FACTS: Final[dict[Fact, tuple[str, str]]] = {
    "name": ("文件名", "file name"),
    "pages": ("页数", "number of pages"),
    "version": ("PDF/X 版本", "PDF/X version"),
    "size": ("版面尺寸", "page size"),
    "media": ("纸框 MediaBox", "MediaBox"),
    "crop": ("裁剪框 CropBox", "CropBox"),
    "bleed": ("出血框 BleedBox", "BleedBox"),
    "trim": ("成品框 TrimBox", "TrimBox"),
    "art": ("作品框 ArtBox", "ArtBox"),
    "turned": ("页面旋转", "rotation of the page"),
    "unit": ("页面单位 UserUnit", "UserUnit"),
    "inks": ("用墨", "set of inks"),
    "condition": ("印刷条件", "printing condition"),
    "registry": ("印刷条件的登记处", "registry of the printing condition"),
    "icc": ("特性文件", "ICC profile"),
}
_FAULTS: Final[dict[Fault, tuple[str, str]]] = {
    "missing": ("没有这个文件", "there is no such file"),
    "locked": ("加了密码", "it is locked with a password"),
    "unreadable": ("不是能读的 PDF", "it is no PDF that can be read"),
    "mended": ("文件有损坏", "it is damaged"),
    "empty": ("一页也没有", "it has no page"),
    "too-much": ("内容太多，没法全部核对", "there is too much in it to compare all of it"),
}


class Difference(msgspec.Struct, frozen=True):
    """What the press is set by and the new page has otherwise."""

    fact: Fact
    old: str
    new: str


class Replaced(msgspec.Struct, frozen=True):
    """A page compared with the one that it replaces; the plates by letter or name, None where it cannot replace it."""

    old: Path
    differences: tuple[Difference, ...]
    plates_changed: tuple[str, ...] | None = None
    plates_same: tuple[str, ...] | None = None
    doubt: str = ""  # why all plates count as changed

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """A finding for each difference."""
        return tuple(
            diagnose(
                "build/replaces-differs",
                None,
                what_zh=_FACTS[one.fact][0],
                what_en=_FACTS[one.fact][1],
                old=one.old,
                new=one.new,
            )
            for one in self.differences
        )


class Replacement(msgspec.Struct, frozen=True):
    """The old page as it is, read before anything is written, and the number of the page that is to replace it."""

    old: Path
    page: int
    facts: PressFacts

    def compare(self, data: bytes, file_name: str) -> Replaced:
        """The new page, by its bytes, against the old one. Raises UnfitError where it holds too much for that."""
        new = read_facts(data, file_name)
        differences = tuple(
            Difference(fact, was, new.facts[fact]) for fact, was in self.facts.facts.items() if was != new.facts[fact]
        )
        if differences:
            return Replaced(self.old, differences)
        changed = self.facts.plates.changed(new.plates)
        same = (one for one in new.plates.inks if one not in changed)
        doubt = self.facts.plates.doubt or new.plates.doubt
        return Replaced(self.old, (), tuple(map(_letter, changed)), tuple(map(_letter, same)), doubt)


def begin_replacing(old: Path, pages: Mapping[int, str], only: int | None) -> Outcome[Replacement]:
    """Read the old page, and find which page of the issue replaces it; `pages` are file names by their numbers."""
    found: list[Diagnostic] = []
    page = only if only is not None else page_of_name(old.name, pages)
    if page is None:
        found.append(diagnose("build/replaces-which", None, file=old.name, known=", ".join(pages.values())))
    facts = None
    try:
        facts = read_facts(old, old.name)
    except UnfitError as error:
        found.append(unfit(old, error))
    if page is None or facts is None:
        return Outcome(None, tuple(found))
    return Outcome(Replacement(old, page, facts))


def unfit(file: Path | str, error: UnfitError) -> Diagnostic:
    """The finding that a file cannot be compared."""
    zh, en = _FAULTS[error.fault]
    more_zh, more_en = (f"（{error.detail}）", f" ({error.detail})") if error.detail else ("", "")
    return diagnose("build/replaces-unfit", None, file=file, reason_zh=zh + more_zh, reason_en=en + more_en)


def page_of_name(name: str, pages: Mapping[int, str]) -> int | None:
    """The page whose file has this name; else the one page whose name has the same where the names differ.

    So yesterday's page 3 is known for page 3, and the finding can say that the names differ.
    """
    exact = [number for number, known in pages.items() if known == name]
    if exact:
        return exact[0]
    alike = [known for known in pages.values() if len(known) == len(name)]
    places = [at for at in range(len(name)) if len({known[at] for known in alike}) > 1]
    near = [
        number
        for number, known in pages.items()
        if len(known) == len(name) and all(known[at] == name[at] for at in places)
    ]
    return near[0] if len(near) == 1 else None


def _letter(plate: str) -> str:
    """C, M, Y, K, as the trade calls them; a spot by its name."""
    return {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}.get(plate, plate)
