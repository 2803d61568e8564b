"""Everything that a user can write in a house, issue or page file (版样语言), declared once.

From each declaration come the typed value, the published JSON Schema and the checks. A field's `Meta` says
what the field means in Chinese and English (editors show it), what may be written where a pattern would say
too little (`expects`), and, with `names`, what a string is: the name of a `style`, `face`, `ink`, `story`,
`photo`, `region` or `format`, a `file` inside the issue or house folder, or a `template` with fields.

Lengths: `mm`, `pt`, numbered sizes; `字` is one em of the body and `行` one row of the grid. In a text style
`字` is that style's own em, so that an indent of 2字 is two of its characters.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.units import LENGTH_PATTERN, Length, LengthRange


def _text(description: str, names: str | None = None, expects: tuple[str, str] | None = None, **more: Any) -> Meta:
    marks: dict[str, Any] = {}
    if names:
        marks["x-names"] = names
    if expects:
        marks["x-expects"] = expects
    return Meta(description=description, extra_json_schema=marks or None, **more)


_END = r"$(?!\n)"  # a bare $ also stands before a last line end in Python, and not in JSON Schema

Id = Annotated[
    str,
    _text(
        "名字：字母、数字、连字符 · name: letters, digits, hyphens",
        expects=("字母、数字、连字符，字母或数字在前", "letters, digits and hyphens, no hyphen first"),
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}" + _END,
    ),
]
StyleName = Annotated[str, _text("文字样式名 · name of a text style", "style")]
InkName = Annotated[str, _text("油墨名 · name of an ink", "ink")]
RoleName = Annotated[str, _text("字体角色 · face role of fonts.yaml", "face")]
StoryName = Annotated[str, _text("稿件名 · story: articles/NAME.md", "story")]
PageNumber = Annotated[int, _text("版次 · number of a page of this issue", ge=1, le=999)]
PhotoName = Annotated[str, _text("图片名 · photo: photos/NAME.yaml", "photo")]
RegionName = Annotated[str, _text("区域名 · id of a region on this page", "region")]
FormatName = Annotated[str, _text("开本名 · a format of the house", "format")]
FileName = Annotated[str, _text("文件路径（相对本文件） · path, from this file", "file")]
Template = Annotated[
    str,
    _text(
        "文字，可含 {date} {lunar} {weekday} {number} {page} {page_name} {duty.责编} · text with fields of the issue",
        "template",
    ),
]
Percent = Annotated[float, Meta(ge=0, le=100)]
ColumnSpan = Annotated[
    Annotated[int, Meta(ge=1, le=16)] | Annotated[str, Meta(pattern=r"^(\+?[0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2})" + _END)],
    _text(
        "栏：3 或 1-3；+2 是接在 right_of 之后的两栏 · columns, both ends count; +2 two columns after right_of",
        expects=("栏号，如 3 或 1-3", "columns such as 3 or 1-3"),
    ),
]
RowSpan = Annotated[
    Annotated[int, Meta(ge=1, le=999)]
    | Annotated[str, Meta(pattern=r"^(\+?[0-9]{1,3}|[0-9]{1,3}-[0-9]{1,3}|[0-9]{1,3}\+)" + _END)],
    _text(
        "行格：8、10-34 或 10+；+12 是接在 below 之后的十二行 · "
        "rows, both ends count; 10+ takes what the content needs; +12 twelve rows after below",
        expects=("行格号，如 8、10-34 或 10+", "rows such as 8, 10-34 or 10+"),
    ),
]
LineCount = Annotated[
    Annotated[int, Meta(ge=1, le=99)] | Annotated[str, Meta(pattern=r"^([0-9]{1,2}(\.\.[0-9]{1,2})?)" + _END)],
    _text(
        "行数：2 或 1..2 · number of lines",
        expects=("行数，如 2 或 1..2", "a number of lines such as 2 or 1..2"),
    ),
]
RowsTaken = Annotated[
    Annotated[int, Meta(ge=1, le=40)] | Annotated[str, Meta(pattern=r"^([1-9][0-9]?(\.\.[1-9][0-9]?)?)" + _END)],
    _text(
        "占行：2，或 2..3（可多占，以便各栏落底） · rows taken, or a range from which columns are filled to their foot",
        expects=("占行数，如 2 或 2..3", "a number of rows such as 2 or 2..3"),
    ),
]
Tracking = Annotated[
    Annotated[int, Meta(ge=-10, le=100)] | Annotated[str, Meta(pattern=r"^(-?[0-9]{1,3}(\.\.-?[0-9]{1,3})?)" + _END)],
    _text(
        "字距，百分数：0 或 -3..20 · letter-spacing in percent of the size, or a range",
        expects=("百分数，如 0 或 -3..20", "percent such as 0 or -3..20"),
    ),
]
Narrow = Annotated[
    Annotated[int, Meta(ge=50, le=150)] | Annotated[str, Meta(pattern=r"^([0-9]{2,3}(\.\.[0-9]{2,3})?)" + _END)],
    _text(
        "长扁，百分数：100 或 90..110 · width of the glyphs in percent, or a range",
        expects=("百分数，如 100 或 90..110", "percent such as 100 or 90..110"),
    ),
]
Gutter = Annotated[
    str,
    _text(
        "栏距：长度，或 auto 凑成整字后余量归栏距 · a length, or auto: what whole 字 leave over",
        expects=("auto 或长度，如 1.5字", "auto or a length such as 1.5字"),
        pattern=f"^auto{_END}|{LENGTH_PATTERN}",
    ),
]
Align = Literal["left", "centre", "right", "justify"]
Direction = Literal["horizontal", "vertical"]
HeadlineShape = Annotated[
    Literal["block", "step"],
    Meta(description="step：阶梯，各行依次错开，首行齐头、末行齐尾 · each line further on than the one before it"),
]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all that is written: immutable, and an unknown key is a fault."""


RuleStyle = Annotated[
    Literal["gb", "basic", "strict", "kaiming", "quanjiao", "banjiao"],
    Meta(
        description="排版风格：gb 国标，basic、strict 避头尾从宽、从严，kaiming 开明，quanjiao 全角，banjiao 半角 · "
        "style of composing"
    ),
]


class RulesSpec(_Written, frozen=True, kw_only=True):
    """排字规则: a style of composing, and what differs from it. Without `style`, from what holds otherwise."""

    style: RuleStyle | UnsetType = UNSET
    level: (
        Annotated[Literal["basic", "gb", "strict"], Meta(description="避头尾的宽严 · what may not open or end a line")]
        | UnsetType
    ) = UNSET
    marks: (
        Annotated[
            Literal["full", "half-but-stops", "half"],
            Meta(description="单个标点占一字，占半字但句末点号除外，都占半字 · width of a lone mark"),
        ]
        | UnsetType
    ) = UNSET
    adjacent: (
        Annotated[
            Annotated[float, Meta(ge=1, le=1.5, multiple_of=0.5)] | Literal["1.5", "1.0"],
            _text(
                "相连标点（如 ：“）共占几字：1.5 或 1.0 · what two marks with an em of blank between them come to",
                expects=("1.5 或 1.0", "1.5 or 1.0"),
            ),
        ]
        | UnsetType
    ) = UNSET
    line_start_open: (
        Annotated[
            Literal["trim", "keep"],
            Meta(description="行首前引号、前括号：收半字或不收 · the blank of an opening mark that starts a line"),
        ]
        | UnsetType
    ) = UNSET
    line_end: (
        Annotated[
            Literal["half", "grid", "keep"],
            Meta(
                description="行末标点：half 占半字，grid 恰好满行时占一字，keep 占一字 · "
                "the cell of a mark that ends a line; grid: whole where the line is then exactly full"
            ),
        ]
        | UnsetType
    ) = UNSET
    hanging: (
        Annotated[
            Literal["off", "stop-pause"],
            Meta(description="悬挂：不挂，或 。，、 可出行外 · whether 。，、 may stand beyond the line"),
        ]
        | UnsetType
    ) = UNSET
    push_in: (
        Annotated[
            Literal["all", "not-stops", "spaces"],
            Meta(description="推入可挤：全部，句末点号除外，只挤空隙 · what may be squeezed to fit a line"),
        ]
        | UnsetType
    ) = UNSET
    autospace: (
        Annotated[
            Literal[0, "1/8", "1/4"],
            Meta(description="中西间距，几分之一字 · between Chinese and western, in em"),
        ]
        | UnsetType
    ) = UNSET
    autospace_max: (
        Annotated[
            Literal["1/3", "1/2"],
            Meta(description="中西间距至多拉到 · as far as that space opens"),
        ]
        | UnsetType
    ) = UNSET
    runt: (
        Annotated[
            Literal["avoid", "allow"],
            Meta(description="末行孤字：避免或不管 · a last line of a single character"),
        ]
        | UnsetType
    ) = UNSET
    hyphenate: (
        Annotated[
            bool,
            Meta(description="西文断词：只在词中已有的连字符处，不另加 · at hyphens that are written; none is added"),
        ]
        | UnsetType
    ) = UNSET
    vertical_quotes: (
        Annotated[
            Literal["double-outside", "corner-first"],
            Meta(description="直排引号：外双内单，或外单内双 · which vertical quotation marks are the outer ones"),
        ]
        | UnsetType
    ) = UNSET


Rules = RuleStyle | RulesSpec


class TextStyle(_Written, frozen=True, kw_only=True):
    """文字样式: how text is set. `extends` names the style whose values hold where this one says nothing."""

    extends: StyleName | UnsetType = UNSET
    face: RoleName | UnsetType = UNSET
    size: LengthRange | UnsetType = UNSET
    leading: Length | UnsetType = UNSET
    indent: Length | UnsetType = UNSET
    ink: InkName | UnsetType = UNSET
    align: Align | UnsetType = UNSET
    lines: LineCount | UnsetType = UNSET
    fit: (
        Annotated[
            Literal["width", "none"],
            Meta(description="width：字号在范围内取能放下的最大值 · the largest size that fits"),
        ]
        | UnsetType
    ) = UNSET
    tracking: Tracking | UnsetType = UNSET
    narrow: Narrow | UnsetType = UNSET
    emphasis: RoleName | UnsetType = UNSET
    strong: RoleName | UnsetType = UNSET
    rows: RowsTaken | UnsetType = UNSET
    digits: Literal["half", "proportional"] | UnsetType = UNSET
    rules: Rules | UnsetType = UNSET
    dateline: (
        Annotated[
            Literal["plain", "strong"],
            Meta(description="电头（本报讯）：strong 用强调字体 · a paragraph's dateline in the face of **strong**"),
        ]
        | UnsetType
    ) = UNSET


class Ink(_Written, frozen=True, kw_only=True):
    """油墨: a colour in process inks, percent, or a named spot with these as its alternate."""

    c: Percent = 0
    m: Percent = 0
    y: Percent = 0
    k: Percent = 0
    overprint: bool = False
    spot: str | UnsetType = UNSET


class FormatSpec(_Written, frozen=True, kw_only=True):
    """开本: trimmed size and type area of a page."""

    trim: Annotated[tuple[Length, Length], Meta(description="成品宽、高 · width and height")]
    type_area: Annotated[tuple[Length, Length], Meta(description="版心宽、高 · width and height")]
    place: Literal["centre"] | tuple[Length, Length] = "centre"
    bleed: Length | UnsetType = UNSET


class GridSpec(_Written, frozen=True, kw_only=True):
    """栏与行格: columns counted so that each is a whole number of 字."""

    columns: Annotated[int, Meta(ge=1, le=16)]
    body: StyleName = "body"
    gutter: Gutter = "auto"


class OutputSpec(_Written, frozen=True, kw_only=True):
    """输出: the printer's profile and the file names."""

    profile: str = "pdfx4"
    name: Annotated[str, _text("文件名，可含 {code} {date:%Y%m%d} {page:02} · file name pattern")] = (
        "{code}-{date:%Y%m%d}-{page:02}.pdf"
    )
    icc: FileName | UnsetType = UNSET
    condition: str | UnsetType = UNSET
    registry: str | UnsetType = UNSET
    total_ink: Annotated[float, Meta(ge=100, le=400)] = 240


class CopySpec(_Written, frozen=True, kw_only=True):
    """来稿: which proposed normalisations the house applies to every article without asking again."""

    normalize: tuple[Literal["brackets", "punctuation", "quotes", "spaces", "dashes", "ellipses", "digits"], ...] = ()


class House(_Written, frozen=True, kw_only=True):
    """一报之例: written once for the paper."""

    paper: str
    code: Annotated[
        str,
        _text(
            "文件名用的代号 · the paper in file names",
            expects=("1 到 20 个字母、数字、连字符", "1 to 20 letters, digits and hyphens"),
            pattern=r"^[A-Za-z0-9-]{1,20}" + _END,
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


class Issue(_Written, frozen=True, kw_only=True):
    """一期报纸."""

    house: FileName
    date: Annotated[
        str,
        _text(
            "出版日期 · 2024-05-21",
            expects=("日期，如 2024-05-21", "a date such as 2024-05-21"),
            pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}" + _END,
        ),
    ]
    number: Annotated[int, Meta(ge=1, description="期号")]
    weekday: Annotated[str, Meta(description="可不写；写了就核对 · checked against the date")] | UnsetType = UNSET
    lunar: Annotated[str, Meta(description="农历，如 四月十四；可不写，写了就核对")] | UnsetType = UNSET
    duty: dict[str, str] = {}
    pages: tuple[FileName, ...]


class FrameRule(_Written, frozen=True, kw_only=True):
    """边框: a rule around a region, inside its edges, and the space kept inside the rule."""

    rule: Length
    ink: InkName = "black"
    padding: Length | UnsetType = UNSET


class TintSpec(_Written, frozen=True, kw_only=True):
    """底纹: a flat tint behind a region."""

    ink: InkName
    percent: Percent = 100


class TypedLine(_Written, frozen=True, kw_only=True):
    """一行文字 that is typed in the spec, in a style of its own."""

    text: Template
    style: StyleName
    align: Align | UnsetType = UNSET
    place: Annotated[Literal["block", "top", "bottom"], Meta(description="在区域里的位置 · where in the region")] = (
        "block"
    )


class RegionSpec(_Written, frozen=True, tag_field="kind", kw_only=True):
    """What every region has: a name, a place, and what stands behind or around it.

    The place is `columns` and `rows` on the base grid, or `at` and `size` from the trim's top left corner.
    """

    id: Id
    columns: ColumnSpan | UnsetType = UNSET
    rows: RowSpan | UnsetType = UNSET
    at: tuple[Length, Length] | UnsetType = UNSET
    size: tuple[Length, Length] | UnsetType = UNSET
    below: RegionName | UnsetType = UNSET
    right_of: RegionName | UnsetType = UNSET
    over: (
        Annotated[
            RegionName | tuple[RegionName, ...], Meta(description="允许压在其上的区域 · regions that it may cover")
        ]
        | UnsetType
    ) = UNSET
    inside: (
        Annotated[
            str,
            _text(
                "嵌在哪篇稿件的文字里：写那个区域的 id，文字绕排 · the story or article whose text runs around it",
                "region",
            ),
        ]
        | UnsetType
    ) = UNSET
    gap: (
        Annotated[
            Length,
            Meta(
                description="嵌入时左右与文字的距离，0.5字 到 1字，不写为 1字；上下占整行 · "
                "distance to the text at its sides"
            ),
        ]
        | UnsetType
    ) = UNSET
    frame: FrameRule | UnsetType = UNSET
    tint: TintSpec | UnsetType = UNSET


class HeadlineSpec(_Written, frozen=True, kw_only=True):
    """标题组 of a story: kicker 引题, headline 主题, deck 副题, note (出席、主持一行)."""

    style: StyleName
    kicker: StyleName | UnsetType = UNSET
    deck: StyleName | UnsetType = UNSET
    note: StyleName | UnsetType = UNSET
    place: Literal["top", "left", "right"] = "top"
    over: Annotated[
        int | Annotated[str, Meta(pattern=r"^(all|[1-9][0-9]?-[1-9][0-9]?)" + _END)],
        _text(
            "all、所跨的正文栏数，或正文第几栏到第几栏（破栏），如 2-3 · "
            "all, how many text columns it spans from the left, or which: 2-3",
            expects=("all、栏数或起止栏，如 2 或 2-3", "all, a number of text columns, or which, such as 2-3"),
        ),
    ] = "all"
    direction: Direction = "horizontal"
    rows: (
        Annotated[
            Annotated[int, Meta(ge=1, le=60)] | Annotated[str, Meta(pattern=r"^[1-9][0-9]?\.\.[1-9][0-9]?" + _END)],
            _text(
                "占行：7，或 6..8（可多占，以便各栏落底）；不写则按内容取整 · "
                "rows taken, or a range from which columns are filled to their foot",
                expects=("占行数，如 7 或 6..8", "a number of rows such as 7 or 6..8"),
            ),
        ]
        | UnsetType
    ) = UNSET
    columns: Annotated[int, Meta(ge=1, le=16, description="标题在左右时所占栏数")] | UnsetType = UNSET
    width: Annotated[Length, Meta(description="标题在左右时的宽度")] | UnsetType = UNSET
    align: Align = "centre"
    shape: HeadlineShape = "block"


class ContinuedTitle(_Written, frozen=True, kw_only=True):
    """续题: the headline that a story's part on a later page is given of its own."""

    text: Template
    style: StyleName
    align: Align = "centre"


class FlowingRegion(RegionSpec, frozen=True, kw_only=True):
    """What the text of a story runs through, perhaps on to another page (转版): the notices come by themselves."""

    jump_to: (
        Annotated[PageNumber, Meta(description="下转第几版：那一版的区域写 jump_from · the page where it goes on")]
        | UnsetType
    ) = UNSET
    jump_from: (
        Annotated[PageNumber, Meta(description="上接第几版：那一版的区域写 jump_to · the page that it comes from")]
        | UnsetType
    ) = UNSET
    jump: (
        Annotated[
            StyleName,
            Meta(
                description="下转、上接一行的样式；不写用 jump，没有则用署名的 · "
                "style of the notices: the one called jump, else the byline's"
            ),
        ]
        | UnsetType
    ) = UNSET
    continued_title: ContinuedTitle | UnsetType = UNSET


class StoryRegion(FlowingRegion, frozen=True, tag="story", kw_only=True):
    """稿件: headline group and text columns in one span."""

    story: StoryName
    headline: HeadlineSpec | UnsetType = UNSET
    text_columns: Annotated[int, Meta(ge=1, le=16)] | UnsetType = UNSET
    style: StyleName = "body"
    byline: StyleName = "byline"
    crosshead: StyleName = "crosshead"
    column_rules: FrameRule | UnsetType = UNSET
    balance: Annotated[bool, Meta(description="各栏拉平 · columns end level")] = True


class HeadlineRegion(RegionSpec, frozen=True, tag="headline", kw_only=True):
    """标题组 on its own, for pages that are no rectangles."""

    story: StoryName
    style: StyleName
    kicker: StyleName | UnsetType = UNSET
    deck: StyleName | UnsetType = UNSET
    note: StyleName | UnsetType = UNSET
    direction: Direction = "horizontal"
    align: Align = "centre"
    shape: HeadlineShape = "block"


class Frame(_Written, frozen=True, kw_only=True):
    """文字框: one link of a chain of frames."""

    columns: ColumnSpan
    rows: RowSpan
    text_columns: Annotated[int, Meta(ge=1, le=16)] | UnsetType = UNSET


class ArticleRegion(FlowingRegion, frozen=True, tag="article", kw_only=True):
    """正文: the text of a story through n columns, or through several frames in a chain."""

    story: StoryName
    chain: tuple[Frame, ...] | UnsetType = UNSET
    text_columns: Annotated[int, Meta(ge=1, le=16)] | UnsetType = UNSET
    style: StyleName = "body"
    byline: StyleName = "byline"
    crosshead: StyleName = "crosshead"
    column_rules: FrameRule | UnsetType = UNSET
    balance: bool = False


class BriefRegion(RegionSpec, frozen=True, tag="brief", kw_only=True):
    """简讯: a short story whose headline runs in before its text."""

    story: StoryName
    style: StyleName = "body"
    headline: StyleName = "brief-head"
    byline: StyleName = "byline"


class MastheadRegion(RegionSpec, frozen=True, tag="masthead", kw_only=True):
    """报头: the nameplate, fixed art in one ink, and the typed lines beside or under it."""

    art: FileName
    ink: InkName = "red"
    art_columns: (
        Annotated[int, Meta(ge=1, le=16, description="报名所占栏数 · columns that the art takes")] | UnsetType
    ) = UNSET
    lines: tuple[TypedLine, ...] = ()


class EarRegion(RegionSpec, frozen=True, tag="ear", kw_only=True):
    """报眼: a slogan or notice beside the masthead, each written line set as one line."""

    text: Template
    style: StyleName
    align: Align = "centre"


class FolioRegion(RegionSpec, frozen=True, tag="folio", kw_only=True):
    """报眉: date line, issue number, page name, between rules if wanted."""

    text: Template
    style: StyleName
    align: Literal["left", "centre", "right", "spread"] = "centre"
    rule_above: FrameRule | UnsetType = UNSET
    rule_below: FrameRule | UnsetType = UNSET


class PhotoRegion(RegionSpec, frozen=True, tag="photo", kw_only=True):
    """图片 with its caption and credit under it."""

    photo: PhotoName
    crop: Annotated[Literal["fill", "fit"], Meta(description="fill 裁满，fit 完整放入；都不变形")] = "fill"
    focus: Annotated[
        tuple[Percent, Percent], Meta(description="裁切时保住的点，百分数 · the point that a crop keeps")
    ] = (50, 50)
    caption: StyleName = "caption"
    stand_in: Annotated[bool, Meta(description="代用图：不得付印 · not the paper's own picture")] = False


class AdRegion(RegionSpec, frozen=True, tag="ad", kw_only=True):
    """广告: typed lines, or a picture."""

    art: FileName | UnsetType = UNSET
    crop: Literal["fill", "fit"] = "fit"
    lines: tuple[TypedLine, ...] = ()


class RuleRegion(RegionSpec, frozen=True, tag="rule", kw_only=True):
    """线: a drawn rule in the middle of its rows, or down the gutter after a column."""

    weight: Length
    ink: InkName = "black"
    direction: Direction = "horizontal"
    after_column: Annotated[int, Meta(ge=1, le=15)] | UnsetType = UNSET
    ends: Annotated[
        Literal["rows", "rules"],
        Meta(
            description="竖线两端：rows 到行格，rules 伸到首末行的中线，与那里的横线相接 · where a vertical rule ends"
        ),
    ] = "rows"
    double: bool = False


class BoxRegion(RegionSpec, frozen=True, tag="box", kw_only=True):
    """框: a frame or tint that other regions may stand on."""


REGION_KINDS: tuple[type[RegionSpec], ...] = (
    StoryRegion,
    HeadlineRegion,
    ArticleRegion,
    BriefRegion,
    MastheadRegion,
    EarRegion,
    FolioRegion,
    PhotoRegion,
    AdRegion,
    RuleRegion,
    BoxRegion,
)

AnyRegion = (
    StoryRegion
    | HeadlineRegion
    | ArticleRegion
    | BriefRegion
    | MastheadRegion
    | EarRegion
    | FolioRegion
    | PhotoRegion
    | AdRegion
    | RuleRegion
    | BoxRegion
)


class Page(_Written, frozen=True, kw_only=True):
    """一块版."""

    page: Annotated[int, Meta(ge=1, le=999)]
    name: str = ""
    format: FormatName
    grid: GridSpec | UnsetType = UNSET
    styles: dict[str, TextStyle] = {}
    inks: dict[str, Ink] = {}
    regions: tuple[AnyRegion, ...]
    reading_order: tuple[RegionName, ...] = ()
