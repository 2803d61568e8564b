"""Options that make a story fit (凑版方案): what to do, where, and what came out when it was set again."""

from typing import Literal

import msgspec

from layout_engine.base.diagnostics import Span
from layout_engine.spec.files import Write


class Verdict(msgspec.Struct, frozen=True):
    """How the story stood when it was set again.

    `hole`: its empty rows are told as a finding, for the columns are not even level. `clean`: no page has an error or
    a warning that it had not before, besides this story's own being over or under.
    """

    lines_over: int
    rows_under: int
    hole: bool
    clean: bool

    @property
    def fits(self) -> bool:
        """Nothing over, no hole, and nothing spoilt elsewhere."""
        return self.clean and not self.hole and not self.lines_over


class Cut(msgspec.Struct, frozen=True, tag_field="kind", tag="cut"):
    """删字: from `characters` to `most` plain characters out of one paragraph, wherever in it they stand."""

    paragraph: int  # counted from 1, crossheads not counted
    characters: int
    most: int
    span: Span
    begins: str


class Drop(msgspec.Struct, frozen=True, tag_field="kind", tag="drop"):
    """删句: sentence number `sentence` of a paragraph left out, all its `characters`, marks among them."""

    paragraph: int
    sentence: int
    characters: int
    span: Span
    begins: str


class Add(msgspec.Struct, frozen=True, tag_field="kind", tag="add"):
    """补: from `characters` to `most` Chinese characters more in one paragraph; proved at its end and in its middle."""

    paragraph: int
    characters: int
    most: int
    span: Span
    begins: str


class Join(msgspec.Struct, frozen=True, tag_field="kind", tag="join"):
    """并段: this paragraph and the next become one. `span` is where the next begins."""

    paragraph: int
    span: Span
    begins: str


class Split(msgspec.Struct, frozen=True, tag_field="kind", tag="split"):
    """分段: a new paragraph begins after this one's sentence number `sentence`. `span` is where it would begin."""

    paragraph: int
    sentence: int
    span: Span
    begins: str


class Picture(msgspec.Struct, frozen=True, tag_field="kind", tag="picture"):
    """图片增减行: the picture takes `rows` rows more (or, below zero, fewer), and the story gives or gets them."""

    region: str
    rows: int
    writes: tuple[Write, ...]


class Border(msgspec.Struct, frozen=True, tag_field="kind", tag="border"):
    """两稿之间移行: the story takes `rows` rows from its neighbour (or, below zero, gives them)."""

    region: str
    rows: int
    writes: tuple[Write, ...]


class HeadlineRows(msgspec.Struct, frozen=True, tag_field="kind", tag="headline-rows"):
    """标题占行: the headline group takes `rows` rows."""

    rows: int
    writes: tuple[Write, ...]


class HeadlineLines(msgspec.Struct, frozen=True, tag_field="kind", tag="headline-lines"):
    """标题行数: headline, deck or kicker in `lines` lines, which its style allows."""

    part: Literal["kicker", "headline", "deck", "note"]
    lines: int
    writes: tuple[Write, ...]


class CrossheadRows(msgspec.Struct, frozen=True, tag_field="kind", tag="crosshead-rows"):
    """小标题占行: every crosshead of the story takes `rows` rows."""

    rows: int
    writes: tuple[Write, ...]


Step = Cut | Drop | Add | Join | Split | Picture | Border | HeadlineRows | HeadlineLines | CrossheadRows


class Option(msgspec.Struct, frozen=True):
    """方案: the steps to take together, how many lines they save (add, below zero), and how the story then stands."""

    steps: tuple[Step, ...]
    saves: int
    verdict: Verdict


class StoryFit(msgspec.Struct, frozen=True):
    """What can be done for one story that is over or under: options, the least trouble first.

    `closest` is what came nearest where no option was found.
    """

    story: str
    file: str
    page: int
    lines_over: int
    characters_over: int
    rows_under: int
    characters_under: int
    options: tuple[Option, ...]
    closest: Option | None = None
    settings: int = 0  # how often the story was set to find them
