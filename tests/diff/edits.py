"""Random edits of a sample issue, each of which must be told in its class, and nothing else above reflow.

    python -m tests.diff.edits 500
    python -m tests.diff.edits 500 --seed 7
    python -m tests.diff.edits 500 --pdf        # both sides read from proofs in PDF

An edit is made in the files of the issue, singly or several at once, and the pages are set again.
"""

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Final

import msgspec
from PIL import Image, ImageEnhance, ImageOps

from layout_engine.diff.compare import compare
from layout_engine.diff.model import Change, Comparison
from tests.diff.workshop import Expected, UnprintableError, Workshop
from tests.kit.reference import REFERENCE

STORIES: Final = {
    "lead": "articles/lead.md",
    "moral-education": "articles/moral-education.md",
    "energy": "articles/energy.md",
}
PAGE: Final = "pages/01.yaml"
PHOTO: Final = "photos/sewing.jpg"
STRANGERS: Final = "甲乙丙丁戊己庚辛壬癸"  # in none of the stories
MARKS: Final = "，、；"
_TIED: Final = re.compile(r"[0-9A-Za-z.%〇零一二三四五六七八九十百千]")  # told as a whole


class Trial:
    """Edits being made: the files as they become, what must be told, and what no other edit may touch."""

    def __init__(self, files: dict[str, bytes], dice: random.Random) -> None:
        self.files = dict(files)
        self.changed: set[str] = set()
        self.expected: list[Expected] = []
        self.taken: set[str] = set()
        self.dice = dice

    def text(self, name: str) -> str:
        return self.files[name].decode()

    def write(self, name: str, text: str | bytes) -> None:
        self.files[name] = text.encode() if isinstance(text, str) else text
        self.changed.add(name)

    def take(self, target: str) -> bool:
        """Whether the target is still free; then it is taken."""
        if target in self.taken:
            return False
        self.taken.add(target)
        return True


Make = Callable[[Trial], bool]
"""Makes one edit; False where it found nothing that it may touch."""


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of an article stand in its file; those with a comment inside are left alone."""
    head = text.index("\n---", 4) + 5
    found = [(head + match.start(), head + match.end()) for match in re.finditer(r"(?:[^\n]+\n?)+", text[head:])]
    stripped = [(a, a + len(text[a:b].rstrip())) for a, b in found]
    return [(a, b) for a, b in stripped if b - a > 24 and "<!--" not in text[a:b]]


def _pick(trial: Trial) -> tuple[str, str, int, int] | None:
    """A story, its text, and a paragraph of it that is free."""
    story = trial.dice.choice(list(STORIES))
    text = trial.text(STORIES[story])
    paragraphs = _paragraphs(text)
    if not paragraphs:
        return None
    start, end = trial.dice.choice(paragraphs)
    return (story, text, start, end) if _take(trial, story, text[start:end]) else None


def _take(trial: Trial, story: str, paragraph: str) -> bool:
    """Whether no edit has touched the paragraph; both its ends are remembered, as one of them may change."""
    free = [trial.take(f"{story}/{end}") for end in (paragraph[:4], paragraph[-6:])]
    return all(free)


def _loose(text: str, at: int) -> bool:
    """Whether no number or word is cut at this place."""
    return not (_TIED.match(text[at - 1]) and _TIED.match(text[at]))


def insert_text(trial: Trial) -> bool:
    if (picked := _pick(trial)) is None:
        return False
    story, text, start, end = picked
    at = trial.dice.randrange(start + 1, end - 1)
    own = [text[trial.dice.randrange(start, end)] for _ in range(2)]
    new = "".join(trial.dice.choice([*STRANGERS, *MARKS, *own]) for _ in range(trial.dice.choice((1, 1, 1, 2, 5, 12))))
    if not _loose(text, at) or _TIED.search(new) or not _calm(text[at - 1] + new + text[at]):
        return False
    trial.write(STORIES[story], text[:at] + new + text[at:])
    trial.expected.append(Expected("text", ("insert",), story, (new,)))
    return True


def _calm(text: str) -> bool:
    """Whether no mark stands beside another, which the copy desk's rules may change."""
    return not re.search(r"[，、；。：？！“”‘’（）《》—…\-]{2}", text)


def delete_text(trial: Trial) -> bool:
    if (picked := _pick(trial)) is None:
        return False
    story, text, start, end = picked
    length = trial.dice.choice((1, 1, 2, 4, 9, 15))
    at = trial.dice.randrange(start + 1, end - length - 1)
    gone = text[at : at + length]
    if not (_loose(text, at) and _loose(text, at + length)) or not _calm(text[at - 1] + text[at + length]):
        return False
    if not _loose(text[at - 1] + text[at + length], 1):
        return False
    trial.write(STORIES[story], text[:at] + text[at + length :])
    trial.expected.append(Expected("text", ("delete",), story, (gone,)))
    return True


def replace_text(trial: Trial) -> bool:
    if (picked := _pick(trial)) is None:
        return False
    story, text, start, end = picked
    length = trial.dice.choice((1, 1, 2, 3, 6))
    at = trial.dice.randrange(start + 1, end - length - 1)
    gone = text[at : at + length]
    new = "".join(trial.dice.choice(STRANGERS) for _ in range(trial.dice.choice((1, 2, 3))))
    if not (_loose(text, at) and _loose(text, at + length)):
        return False
    trial.write(STORIES[story], text[:at] + new + text[at + length :])
    trial.expected.append(Expected("text", ("replace",), story, (gone, new)))
    return True


def change_number(trial: Trial) -> bool:
    story = trial.dice.choice(list(STORIES))
    text = trial.text(STORIES[story])
    numbers = [
        match for start, end in _paragraphs(text) for match in re.compile(r"\d[\d.]*%?").finditer(text, start, end)
    ]
    if not numbers:
        return False
    match = trial.dice.choice(numbers)
    start, end = next((first, last) for first, last in _paragraphs(text) if first <= match.start() < last)
    if not _take(trial, story, text[start:end]):
        return False
    at = trial.dice.choice([index for index in range(match.start(), match.end()) if text[index].isdigit()])
    new = text[:at] + str((int(text[at]) + trial.dice.randrange(1, 10)) % 10) + text[at + 1 :]
    trial.write(STORIES[story], new)
    trial.expected.append(Expected("text", ("replace",), story, (match[0], new[match.start() : match.end()])))
    return True


def move_clause(trial: Trial) -> bool:
    """A clause within its paragraph."""
    if (picked := _pick(trial)) is None:
        return False
    story, text, start, end = picked
    clauses = re.findall(r"[^，；]+[，；]|[^，；]+$", text[start:end])
    if len(clauses) < 4:
        return False
    at = trial.dice.randrange(len(clauses) - 2)
    to = trial.dice.randrange(len(clauses) - 2)
    if at == to or len(clauses[at]) < 9:
        return False
    moved = clauses.pop(at)
    clauses.insert(to, moved)
    trial.write(STORIES[story], text[:start] + "".join(clauses) + text[end:])
    trial.expected.append(Expected("text", ("move",), story))
    return True


def move_across(trial: Trial) -> bool:
    """A sentence into another story."""
    picked, other = _pick(trial), _pick(trial)
    if picked is None or other is None or picked[0] == other[0]:
        return False
    story, text, start, end = picked
    clauses = [match for match in re.finditer(r"[^，；。]+[，；]", text[start:end]) if len(match[0]) >= 10]
    if not clauses:
        return False
    clause = trial.dice.choice(clauses)
    to, target, first, last = other
    stops = [match.end() for match in re.finditer(r"[，；]", target[first:last])]
    if not stops:
        return False
    place = first + trial.dice.choice(stops)
    trial.write(STORIES[story], text[: start + clause.start()] + text[start + clause.end() :])
    trial.write(STORIES[to], target[:place] + clause[0] + target[place:])
    trial.expected.append(Expected("text", ("move",), to, (clause[0],)))
    return True


def move_paragraph(trial: Trial) -> bool:
    story = trial.dice.choice(list(STORIES))
    text = trial.text(STORIES[story])
    places = _paragraphs(text)
    if len(places) < 2:
        return False
    at = trial.dice.randrange(len(places))
    other = trial.dice.choice([one for one in range(len(places)) if one != at])
    low, high = min(at, other), max(at, other)
    free = [_take(trial, story, text[a:b]) for a, b in places]
    if not all(free):
        return False
    blocks = [text[a:b] for a, b in places[low : high + 1]]
    blocks = [blocks[-1], *blocks[:-1]] if trial.dice.random() < 0.5 else [*blocks[1:], blocks[0]]
    start, end = places[low][0], places[high][1]
    if "<!--" in text[start:end]:
        return False
    trial.write(STORIES[story], text[:start] + "\n\n".join(blocks) + text[end:])
    trial.expected.append(Expected("text", ("move",), story))
    return True


def delete_paragraph(trial: Trial) -> bool:
    if (picked := _pick(trial)) is None:
        return False
    story, text, start, end = picked
    if len(_paragraphs(text)) < 2 or not trial.take(f"{story}/whole"):
        return False
    trial.write(STORIES[story], text[:start] + text[end:])
    trial.expected.append(Expected("text", ("delete",), story, (text[start:end],), ("whole",)))
    return True


def insert_paragraph(trial: Trial) -> bool:
    if (picked := _pick(trial)) is None:
        return False
    story, text, _, end = picked
    new = "本报讯：" + "".join(trial.dice.choice(STRANGERS) for _ in range(trial.dice.randrange(8, 40))) + "。"
    if not _take(trial, story, new) or not trial.take(f"{story}/whole"):
        return False
    trial.write(STORIES[story], text[:end] + f"\n\n{new}" + text[end:])
    trial.expected.append(Expected("text", ("insert",), story, (new,), ("whole",)))
    return True


def divide_paragraph(trial: Trial) -> bool:
    if (picked := _pick(trial)) is None:
        return False
    story, text, start, end = picked
    stops = [match.end() for match in re.finditer("。", text[start : end - 1])]
    if not stops:
        return False
    at = start + trial.dice.choice(stops)
    trial.write(STORIES[story], f"{text[:at]}\n\n{text[at:]}")
    trial.expected.append(Expected("text", ("insert",), story, topics=("break",)))
    return True


_TYPED: Final = (
    (PAGE, "青岛市即墨区人民政府", "page-1/nameplate"),
    (PAGE, "走在前", "page-1/slogan"),
    (PAGE, "期　{duty}", "page-1/dateline"),
    (PAGE, "你的 我的", "page-1/tea"),
    (PAGE, "青岛温泉茶厂", "page-1/tea"),
    ("photos/sewing.yaml", "智能吊挂系统", "photos/sewing"),
    ("photos/sewing.yaml", "王申申", "photos/sewing"),
    ("articles/lead.md", "铆足干劲争一流 以更大", "lead"),
    ("articles/lead.md", "出席并讲话 孙杰", "lead"),
    ("articles/lead.md", "推动高水平开放高质量发展工作会议召开", "lead"),
    ("articles/moral-education.md", "工作现场会暨德育工作", "moral-education"),
    ("articles/energy.md", "产业增加值增速", "energy"),
)


def edit_typed(trial: Trial) -> bool:
    """Masthead, ear, folio, advertisement, caption, credit, headlines."""
    file, phrase, story = trial.dice.choice(_TYPED)
    text = trial.text(file)
    if phrase not in text or not trial.take(story if file != PAGE else phrase):
        return False
    new = phrase[0] + trial.dice.choice(STRANGERS) + phrase[1:]
    trial.write(file, text.replace(phrase, new, 1))
    trial.expected.append(Expected("text", ("insert", "replace"), story))
    return True


_STYLED: Final = (
    ("headline: {style: second}", "headline: {style: second-hei}", "moral-education", "style", ("face",)),
    ("headline: {style: second-hei, place", "headline: {style: second, place", "energy", "style", ("face",)),
    ("    style: folio\n", "    style: caption\n", "page-1/dateline", "style", ("face",)),
    ("style: ad-small, align: right", "style: ad-phone, align: right", "page-1/tea", "style", ("face", "size")),
    ("style: ad-slogan,", "style: ad-small,", "page-1/tea", "style", ("face", "size")),
    ("art_columns: 2\n    ink: red", "art_columns: 2\n    ink: black", "page-1/nameplate", "style", ("ink",)),
    ("frame: {rule: 0.75pt, ink: red,", "frame: {rule: 0.75pt, ink: black,", "page-1/tea", "style", ("ink",)),
)


def restyle(trial: Trial) -> bool:
    """Another style or ink for one region."""
    old, new, story, kind, topics = trial.dice.choice(_STYLED)
    text = trial.text(PAGE)
    if text.count(old) != 1 or not trial.take(story):
        return False
    trial.write(PAGE, text.replace(old, new))
    trial.expected.append(Expected(kind, ("replace",), story, topics=topics))
    return True


def recolour_text(trial: Trial) -> bool:
    """A style of the page's own: the house's in another ink or face."""
    style, story, changed = trial.dice.choice(
        (
            ("ear", "page-1/slogan", "ink: black"),
            ("deck", "lead", "ink: red"),
            ("note", "lead", "face: hei"),
            ("banner", "lead", "ink: red"),
            ("second-hei", "energy", "ink: red"),
            ("credit", "photos/sewing", "ink: red"),
            ("ad-brand", "page-1/tea", "ink: black"),
        )
    )
    text = trial.text(PAGE)
    if not trial.take(story) or not trial.take("styles"):
        return False
    trial.write(PAGE, f"{text}\nstyles:\n  {style}: {{extends: {style}, {changed}}}\n")
    trial.expected.append(Expected("style", ("replace",), story, topics=(changed.partition(":")[0],)))
    return True


_MOVED: Final = (
    ("rows: 75-82", "rows: 76-82", "tea", ("replace",)),
    ("rows: 75-82", "rows: 75-81", "tea", ("replace",)),
    ("rows: 45-67\n    crop", "rows: 45-66\n    crop", "sewing", ("replace",)),
    ("rows: 45-67\n    headline", "rows: 45-66\n    headline", "education", ("replace",)),
    ("rows: 45-67\n    headline", "rows: 46-67\n    headline", "education", ("replace",)),
    ("rows: 14-43", "rows: 14-42", "lead", ("replace",)),
    ("rows: 69-73", "rows: 69-74", "energy", ("replace",)),
    ("rows: 69-73", "rows: 70-74", "energy", ("move",)),
    ("rows: 11-12", "rows: 10-11", "dateline", ("move",)),
    ("columns: 1-5, rows: 44,", "columns: 1-4, rows: 44,", "under-lead", ("replace",)),
    ("columns: 4-5\n    rows: 1-9", "columns: 4-5\n    rows: 1-8", "slogan", ("replace",)),
)


def move_region(trial: Trial) -> bool:
    old, new, region, ops = trial.dice.choice(_MOVED)
    text = trial.text(PAGE)
    if text.count(old) != 1 or not trial.take(f"place {region}"):
        return False
    trial.write(PAGE, text.replace(old, new))
    trial.expected.append(Expected("geometry", ops, f"page-1/{region}"))
    return True


def thicken_rule(trial: Trial) -> bool:
    """A rule of another weight."""
    text = trial.text(PAGE)
    if not trial.take("place under-photo"):
        return False
    trial.write(PAGE, text.replace("rows: 68, weight: 0.5pt", "rows: 68, weight: 1pt"))
    trial.expected.append(Expected("geometry", ("replace",), "page-1/under-photo"))
    return True


def change_picture(trial: Trial) -> bool:
    """Another picture, the same in other colours, the same saved again, another part of it."""
    if not trial.take("picture") or "place sewing" in trial.taken:
        return False
    trial.take("place sewing")
    how = trial.dice.choice(("swapped", "recoloured", "saved-again", "cropped"))
    if how == "cropped":
        text = trial.text(PAGE)
        trial.write(
            PAGE,
            text.replace(
                "    crop: fill\n",
                f"    crop: fill\n    focus: [{trial.dice.choice((5, 95))}, {trial.dice.choice((5, 95))}]\n",
            ),
        )
    else:
        with Image.open(BytesIO(trial.files[PHOTO])) as opened:
            picture = opened.convert("RGB")
        changed = {
            "swapped": lambda: ImageOps.mirror(ImageOps.flip(picture)),
            "recoloured": lambda: (
                ImageEnhance.Color(picture).enhance(0.0) if trial.dice.random() < 0.5 else _warmer(picture)
            ),
            "saved-again": lambda: picture,
        }[how]()
        data = BytesIO()
        changed.save(data, "JPEG", quality=trial.dice.choice((70, 85, 95)))
        trial.write(PHOTO, data.getvalue())
    trial.expected.append(Expected("picture", ("replace",), "page-1/sewing", topics=(how,)))
    return True


def _warmer(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge(
        "RGB", (red.point(lambda value: min(255, value * 5 // 4)), green, blue.point(lambda value: value * 3 // 4))
    )


def move_and_edit(trial: Trial) -> bool:
    """A paragraph that moved and was edited: a move and an edit."""
    story = trial.dice.choice(list(STORIES))
    text = trial.text(STORIES[story])
    places = _paragraphs(text)
    free = [_take(trial, story, text[a:b]) for a, b in places]
    if len(places) < 3 or not all(free):
        return False
    (a, _), (c, d) = places[0], places[-1]
    if "<!--" in text[a:d]:
        return False
    at = trial.dice.randrange(c + 6, d - 6)
    if not _loose(text, at):
        return False
    edited = text[c:at] + "甲" + text[at:d]
    trial.write(STORIES[story], text[:a] + f"{edited}\n\n{text[a:c].rstrip()}" + text[d:])
    trial.expected += [Expected("text", ("move",), story), Expected("text", ("insert",), story, ("甲",))]
    return True


MAKERS: Final[tuple[Make, ...]] = (
    insert_text,
    delete_text,
    replace_text,
    change_number,
    move_clause,
    move_across,
    move_paragraph,
    move_and_edit,
    delete_paragraph,
    insert_paragraph,
    divide_paragraph,
    edit_typed,
    restyle,
    recolour_text,
    move_region,
    thicken_rule,
    change_picture,
)


def make_trial(workshop: Workshop, dice: random.Random, count: int) -> Trial:
    """A trial of `count` edits, each somewhere else."""
    trial = Trial(workshop.files, dice)
    while len(trial.expected) < count:
        dice.choice(MAKERS)(trial)
    return trial


def judge(comparison: Comparison, expected: list[Expected]) -> list[str]:
    """What was told wrongly; nothing where each edit was told in its class and nothing else above reflow."""
    faults = []
    changes = [change for change in comparison.changes if change.kind != "reflow"]
    for one in expected:
        match = next((change for change in changes if _fits(change, one)), None)
        if match is None:
            faults.append(f"not told: {one}")
        else:
            changes.remove(match)
    faults += [f"told besides: {_told(change)}" for change in changes]
    touched = {
        side.story
        for change in comparison.changes
        if change.kind in ("text", "style")
        for side in (change.old, change.new)
        if side
    }
    faults += [
        f"{story} is {verdict}"
        for story, verdict in comparison.stories.items()
        if (verdict == "changed") != (story in touched)
    ]
    reflows = Counter(change.story for change in comparison.of_class("reflow"))
    faults += [f"{count} reflows of {story}" for story, count in reflows.items() if count > 1]
    return faults


def _fits(change: Change, expected: Expected) -> bool:
    topics = {fact.topic for fact in change.facts}
    texts = [side.text for side in (change.old, change.new) if side is not None and side.text]
    letters = [sorted(text) for text in expected.letters]
    return (
        change.kind == expected.kind
        and change.op in expected.ops
        and change.story == expected.story
        and topics.issuperset(expected.topics)
        and all(any(sorted(text) == wanted for text in texts) for wanted in letters)
    )


def _told(change: Change) -> str:
    texts = [side.text if side else None for side in (change.old, change.new)]
    return f"{change.kind} {change.op} {change.story} {texts} {change.facts}"


class Tally(msgspec.Struct):
    """How the trials went."""

    trials: int = 0
    edits: int = 0
    unprintable: int = 0
    faults: list[str] = []  # msgspec gives each its own
    comparing: float = 0.0


def run(count: int, seed: int, folder: Path, *, printed: bool = False) -> Tally:
    """So many trials; every third of several edits at once."""
    workshop, tally = Workshop(folder, REFERENCE, printed=printed), Tally()
    number = seed * 1_000_000
    while tally.trials < count:
        number += 1
        dice = random.Random(number)
        trial = make_trial(workshop, dice, dice.choice((1, 1, dice.randrange(2, 5))))
        try:
            edition = workshop.edition({file: trial.files[file] for file in trial.changed})
        except UnprintableError:
            tally.unprintable += 1
            continue
        begin = perf_counter()
        comparison = compare(workshop.base, edition)
        tally.comparing += perf_counter() - begin
        tally.trials += 1
        tally.edits += len(trial.expected)
        tally.faults += [f"trial {number}: {fault}" for fault in judge(comparison, trial.expected)]
    return tally


def main(words: list[str]) -> int:
    count = int(words[0]) if words else 500
    seed = int(words[words.index("--seed") + 1]) if "--seed" in words else 1
    with tempfile.TemporaryDirectory() as folder:
        tally = run(count, seed, Path(folder), printed="--pdf" in words)
    for fault in tally.faults:
        print(fault)
    wrong = len({fault.partition(":")[0] for fault in tally.faults})
    print(
        f"{tally.trials} trials of {tally.edits} edits: {tally.trials - wrong} told exactly, {wrong} not; "
        f"{tally.unprintable} more could not be set; comparing took {1000 * tally.comparing / tally.trials:.1f} ms each"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
