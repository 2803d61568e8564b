"""Everything that a user can write in a house, issue or page file (版样语言), declared once.

From each declaration come the typed value, the published JSON Schema and the checks. A field's `Meta` says
what the field means in Chinese and English (editors show it), what may be written where a pattern would say
too little (`expects`), and, with `names`, what a string is: the name of a `style`, `face`, `ink`, `story`,
`photo`, `region` or `format`, a `file` inside the issue or house folder, or a `template` with fields.

Lengths: `mm`, `pt`, numbered sizes; `字` is one em of the body and `行` one row of the grid. In a text style
`字` is that style's own em, so that an indent of 2字 is two of its characters.

The house, the issue and the page are here; beside them model_regions.py, model_styles.py, model_printer.py,
model_signoff.py, model_guards.py and, for the words that they share, model_values.py.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.units import END, Length
from layout_engine.spec.model_guards import ChecksSpec, WordsSpec
from layout_engine.spec.model_printer import OutputSpec
from layout_engine.spec.model_regions import AnyRegion
from layout_engine.spec.model_signoff import SignoffSpec
from layout_engine.spec.model_styles import Ink, Rules, TextStyle
from layout_engine.spec.model_values import (
    FileHash,
    FileName,
    FormatName,
    Gutter,
    RegionName,
    StyleName,
    Written,
    described,
)


class FormatSpec(Written, frozen=True, kw_only=True):
    """开本: trimmed size and type area of a page."""

    trim: Annotated[tuple[Length, Length], Meta(description="成品宽、高 · width and height")]
    type_area: Annotated[tuple[Length, Length], Meta(description="版心宽、高 · width and height")]
    place: Literal["centre"] | tuple[Length, Length] = "centre"
    bleed: Length | UnsetType = UNSET


class GridSpec(Written, frozen=True, kw_only=True):
    """栏与行格: columns counted so that each is a whole number of 字."""

    columns: Annotated[int, Meta(ge=1, le=16)]
    body: StyleName = "body"
    gutter: Gutter = "auto"


class CopySpec(Written, frozen=True, kw_only=True):
    """来稿: which proposed normalisations the house applies to every article without asking again."""

    normalize: tuple[Literal["brackets", "punctuation", "quotes", "spaces", "dashes", "ellipses", "digits"], ...] = ()


class House(Written, frozen=True, kw_only=True):
    """一报之例: written once for the paper."""

    paper: str
    code: Annotated[
        str,
        described(
            "文件名用的代号 · the paper in file names",
            expects=("1 到 20 个字母、数字、连字符", "1 to 20 letters, digits and hyphens"),
            pattern=r"^[A-Za-z0-9-]{1,20}" + END,
        ),
    ] = "paper"
    sponsors: tuple[str, ...] = ()
    publisher: str = ""
    formats: dict[str, FormatSpec]
    grid: GridSpec
    rules: Rules = "gb"
    size_names: Annotated[
        Literal["dtp", "metal"],
        Meta(description="字号系列：dtp 照排（二号 22 点），metal 铅字（二号 21 铅字点） · what 二号 stands for"),
    ] = "dtp"
    styles: dict[str, TextStyle]
    inks: dict[str, Ink]
    names: Annotated[
        tuple[str, ...], Meta(description="人名地名：标题中不拆开 · names that a headline never divides")
    ] = ()
    output: OutputSpec = OutputSpec()
    copy: CopySpec = CopySpec()
    signoff: SignoffSpec | UnsetType = UNSET
    checks: ChecksSpec = ChecksSpec()
    words: WordsSpec = WordsSpec()
    pins: Annotated[
        dict[str, FileHash],
        Meta(description='固定美术：文件: sha256:…，变了就报错；写 "" 则由 check 给出 · files that may not change'),
    ] = {}  # noqa: RUF012  # msgspec gives each its own


class Issue(Written, frozen=True, kw_only=True):
    """一期报纸."""

    house: FileName
    date: Annotated[
        str,
        described(
            "出版日期 · 2024-05-21",
            expects=("日期，如 2024-05-21", "a date such as 2024-05-21"),
            pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}" + END,
        ),
    ]
    number: Annotated[int, Meta(ge=1, description="期号")]
    weekday: Annotated[str, Meta(description="可不写；写了就核对 · checked against the date")] | UnsetType = UNSET
    lunar: Annotated[str, Meta(description="农历，如 四月十四；可不写，写了就核对")] | UnsetType = UNSET
    duty: dict[str, str] = {}  # noqa: RUF012  # msgspec gives each its own
    checks: ChecksSpec = ChecksSpec()
    pages: tuple[FileName, ...]


class Page(Written, frozen=True, kw_only=True):
    """一块版."""

    page: Annotated[int, Meta(ge=1, le=999)]
    name: str = ""
    format: FormatName
    grid: GridSpec | UnsetType = UNSET
    styles: dict[str, TextStyle] = {}  # noqa: RUF012  # msgspec gives each its own
    inks: dict[str, Ink] = {}  # noqa: RUF012  # msgspec gives each its own
    regions: tuple[AnyRegion, ...]
    reading_order: tuple[RegionName, ...] = ()
