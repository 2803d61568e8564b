"""A spec with every name looked up and every place in su (版样的定值): what the later stages read."""

from pathlib import Path
from typing import Literal

import msgspec

from layout_engine.base.advert_rules import AdvertRules
from layout_engine.base.diagnostics import Severity, Span
from layout_engine.base.geometry import Rect
from layout_engine.base.picture_rules import PictureRules
from layout_engine.base.source import SourcedText
from layout_engine.spec.model import House, Issue
from layout_engine.spec.model_regions import RegionSpec
from layout_engine.spec.model_values import Align, Mark


class Ink(msgspec.Struct, frozen=True):
    """油墨: process inks in hundredths of a percent (0..10000), or a spot with them as its alternate."""

    name: str
    c: int
    m: int
    y: int
    k: int
    overprint: bool
    spot: str | None = None


class LineRules(msgspec.Struct, frozen=True):
    """排字规则: the house's choice where the standard leaves one; the defaults are the style `gb` (rule_styles.py)."""

    style: str = "gb"  # the preset that this one began as, for people
    level: Literal["basic", "gb", "strict"] = "gb"  # 避头尾, TY-30, TY-31
    # The width of a lone mark (TY-11): one em; half an em but for 。？！ (开明); half an em (半角).
    marks: Literal["full", "half-but-stops", "half"] = "full"
    adjacent: Literal["1.5", "1.0"] = "1.5"  # TY-23: what two marks with an em of blank between them come to
    line_start_open: Literal["trim", "keep"] = "trim"  # TY-24
    line_end: Literal["half", "grid", "keep"] = "half"  # TY-25
    hanging: Literal["off", "stop-pause"] = "off"  # TY-26
    push_in: Literal["all", "not-stops", "spaces"] = "all"  # 推入 may squeeze, TY-51
    autospace: int = 6  # 24ths of an em: 0, 3, 6; TY-41
    autospace_most: int = 12  # 24ths of an em: 8, 12
    avoids_runts: bool = True  # 孤字, TY-62
    hyphenates: bool = False  # TY-46
    vertical_quotes: Literal["double-outside", "corner-first"] = "double-outside"  # TY-82


class TextStyle(msgspec.Struct, frozen=True):
    """文字样式 with everything filled in. Lengths in su; percents in whole numbers."""

    name: str
    face: str  # role
    size_least: int
    size_most: int
    leading: int
    indent: int
    ink: str
    align: Align
    lines_least: int
    lines_most: int
    fit: bool
    tracking_least: int  # percent of the size
    tracking_most: int
    narrow_least: int  # percent of the width
    narrow_most: int
    emphasis: str  # role for *emphasis*
    strong: str  # role for **strong**
    rows_least: int  # 占行, crossheads
    rows_most: int
    half_digits: bool  # TY-17
    span: Span
    origins: dict[str, str] = {}  # field → the place (and the ancestor) that says it
    rules: LineRules = LineRules()
    strong_dateline: bool = False  # 电头, TY-64


class Grid(msgspec.Struct, frozen=True):
    """栏与行格: columns of whole 字 and rows of one body line over the type area.

    Row r (from 1) has the top of its em box at `type_area.y + (r - 1) * row`; a region of rows a..b reaches
    from the em top of a to the em bottom of b, so that pictures and text end level.
    """

    type_area: Rect
    columns: int
    measure: int
    gutter: int
    rows: int
    row: int
    em: int

    def columns_rect(self, first: int, last: int) -> tuple[int, int]:
        """The x and width of columns `first`..`last`, counted from 1."""
        x = self.type_area.x + (first - 1) * (self.measure + self.gutter)
        return x, (last - first + 1) * self.measure + (last - first) * self.gutter

    def rows_rect(self, first: int, last: int) -> tuple[int, int]:
        """The y and height of rows `first`..`last`, counted from 1."""
        return self.type_area.y + (first - 1) * self.row, self.rows_height(last - first + 1)

    def rows_height(self, count: int) -> int:
        """The height of `count` rows: whole rows and the em box of the last."""
        return (count - 1) * self.row + self.em if count > 0 else 0

    def columns_in(self, width: int, count: int) -> tuple[int, int]:
        """Measure and gutter of `count` columns in a span `width` wide: whole 字, gutters from 1 字 (TY-72)."""
        if count == 1:
            return width // self.em * self.em, 0
        measure = (width - (count - 1) * self.em) // (count * self.em) * self.em
        return measure, (width - count * measure) // (count - 1)


class Obstacle(msgspec.Struct, frozen=True):
    """嵌在文中的区域: what lines run around: its space, and the distance that they keep at its sides, in su.

    Up to `space` rows more may be left free above and below it, so that columns reach their foot.
    """

    id: str
    rect: Rect
    gap: int
    space: int = 0


class Region(msgspec.Struct, frozen=True):
    """区域 at its place. `rows` and `columns` are None where it was placed in mm.

    `open_ended` (rows: 10+): `rect` reaches as far down as it may, and the content says how much is used.
    `spans` gives the source place of each field by its path: `spans["headline.style"]`.
    `texts` gives the typed texts by their path with each character's place: `texts["text"]`,
    `texts["lines.0.text"]`, with the issue's fields filled in.
    `obstacles` are the regions that stand inside its text.
    """

    id: str
    kind: str
    rect: Rect
    columns: tuple[int, int] | None
    rows: tuple[int, int] | None
    open_ended: bool
    spec: RegionSpec
    span: Span
    spans: dict[str, Span]
    texts: dict[str, SourcedText]
    over: tuple[str, ...] = ()
    below: str | None = None
    files: dict[str, str] = {}  # path of the field → an existing file, from the issue's folder
    obstacles: tuple[Obstacle, ...] = ()
    parts: tuple["StoryPart", ...] = ()  # of a story that runs over pages: all its parts in order, this one among them


class PageSpec(msgspec.Struct, frozen=True):
    """一块版 with its grid, styles and inks resolved. `source` is its file, from the issue's folder."""

    number: int
    name: str
    source: str
    trim: Rect
    bleed: int
    grid: Grid
    styles: dict[str, TextStyle]
    inks: dict[str, Ink]
    regions: tuple[Region, ...]
    reading_order: tuple[str, ...]
    file_name: str  # of the PDF, from the house's pattern


class StoryPart(msgspec.Struct, frozen=True):
    """转版稿的一段: one region of a story that runs over pages, on the page where it stands.

    The page is given without its regions: what stands there beside the story has no say in how the story runs, but
    for the region's own `obstacles`.
    """

    page: PageSpec
    region: Region


class PrinterSays(msgspec.Struct, frozen=True, kw_only=True):
    """What the spec says of its printer in place of the profile's own; None where it says nothing.

    Lengths in su. What each number means stands at the field of that name in `pdf.profile.Profile`.
    """

    title: str | None = None
    icc: Path | None = None
    condition: str | None = None
    registry: str | None = None
    info: str | None = None
    total_ink: int | None = None
    spots: tuple[str, ...] | None = None
    rule_least: int | None = None
    rule_least_mixed: int | None = None
    type_least: int | None = None
    type_least_mixed: int | None = None
    picture_ppi_least: int | None = None
    picture_ppi_wanted: int | None = None
    picture_ppi_most: int | None = None
    line_art_ppi_least: int | None = None
    pictures: PictureRules | None = None
    adverts: AdvertRules | None = None
    trims: tuple[tuple[int, int], ...] | None = None
    bleed: int | None = None
    margin: int | None = None
    marks: tuple[Mark, ...] | None = None
    said_at: Span | None = None  # where ICC profile or condition are named


class Output(msgspec.Struct, frozen=True):
    """输出: the profile's name, what the printer says, and how the files are called. `span` asks for the profile."""

    profile: str
    says: PrinterSays
    total_ink: int
    file_names: SourcedText
    span: Span


class Pin(msgspec.Struct, frozen=True):
    """固定美术: what a file must be, by its hash; None where the house asks for the hash."""

    sha256: str | None
    span: Span


class Switch(msgspec.Struct, frozen=True):
    """把关的开关: what house or issue say of one guard. It counts only with a `reason`."""

    guard: str
    off: bool
    severity: Severity | None
    reason: str
    span: Span


class WordRule(msgspec.Struct, frozen=True):
    """词条: a word of the house's lists `must`, `must_not` or `prefer`, with the list's reason."""

    kind: str
    word: str
    use: str
    when: str
    except_: tuple[str, ...]
    reason: str
    span: Span


class OutsideCommand(msgspec.Struct, frozen=True):
    """A program that reads the copy: what is run, and for how long at most."""

    words: tuple[str, ...]
    seconds: int
    span: Span


class Guarding(msgspec.Struct, frozen=True):
    """编校把关: what house and issue say of the guards; of two switches for one guard the later counts."""

    switches: tuple[Switch, ...] = ()
    words: tuple[WordRule, ...] = ()
    command: OutsideCommand | None = None


class IssueSpec(msgspec.Struct, frozen=True):
    """一期 with its house and pages. `root` is the issue's folder."""

    root: str
    house: House
    issue: Issue
    output: Output
    pages: tuple[PageSpec, ...]
    hashes: dict[str, str]  # every file read → sha256 of its bytes
    pins: dict[str, Pin] = {}  # files that may not change, from the issue's folder
    complete: bool = True  # every page and region that was written is here: nothing was left out as faulty
    guarding: Guarding = Guarding()
