"""What can stand on a page (区域): a declaration a kind, with all that it may say."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.units import END, Length
from layout_engine.spec.model_values import (
    Align,
    ColumnSpan,
    Direction,
    FileName,
    HeadlineShape,
    Id,
    InkName,
    PageNumber,
    Percent,
    PhotoName,
    RegionName,
    RowSpan,
    StoryName,
    StyleName,
    Template,
    Written,
    described,
)


class FrameRule(Written, frozen=True, kw_only=True):
    """边框: a rule around a region, inside its edges, and the space kept inside the rule."""

    rule: Length
    ink: InkName = "black"
    padding: Length | UnsetType = UNSET


class TintSpec(Written, frozen=True, kw_only=True):
    """底纹: a flat tint behind a region."""

    ink: InkName
    percent: Percent = 100


class TypedLine(Written, frozen=True, kw_only=True):
    """一行文字 that is typed in the spec, in a style of its own."""

    text: Template
    style: StyleName
    align: Align | UnsetType = UNSET
    place: Annotated[Literal["block", "top", "bottom"], Meta(description="在区域里的位置 · where in the region")] = (
        "block"
    )


class RegionSpec(Written, frozen=True, tag_field="kind", kw_only=True):
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
            described(
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
    space: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=4,
                description="嵌入时上下最多可再空几行，以便各栏落底 · rows that may be left free above and below it",
            ),
        ]
        | UnsetType
    ) = UNSET
    frame: FrameRule | UnsetType = UNSET
    tint: TintSpec | UnsetType = UNSET


class HeadlineSpec(Written, frozen=True, kw_only=True):
    """标题组 of a story: kicker 引题, headline 主题, deck 副题, note (出席、主持一行)."""

    style: StyleName
    kicker: StyleName | UnsetType = UNSET
    deck: StyleName | UnsetType = UNSET
    note: StyleName | UnsetType = UNSET
    place: Literal["top", "left", "right"] = "top"
    over: Annotated[
        int | Annotated[str, Meta(pattern=r"^(all|[1-9][0-9]?-[1-9][0-9]?)" + END)],
        described(
            "all、所跨的正文栏数，或正文第几栏到第几栏（破栏），如 2-3 · "
            "all, how many text columns it spans from the left, or which: 2-3",
            expects=("all、栏数或起止栏，如 2 或 2-3", "all, a number of text columns, or which, such as 2-3"),
        ),
    ] = "all"
    direction: Direction = "horizontal"
    rows: (
        Annotated[
            Annotated[int, Meta(ge=1, le=60)] | Annotated[str, Meta(pattern=r"^[1-9][0-9]?\.\.[1-9][0-9]?" + END)],
            described(
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


class ContinuedTitle(Written, frozen=True, kw_only=True):
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


class Frame(Written, frozen=True, kw_only=True):
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
    """广告: typed lines, a picture, outlines (SVG) in one ink, or a page of a PDF."""

    art: FileName | UnsetType = UNSET
    ink: Annotated[InkName, described("SVG 用什么油墨 · ink of an SVG", "ink")] = "black"
    page: (
        Annotated[int, Meta(ge=1, le=9999, description="PDF 有几页时，用第几页 · which page of a PDF that has several")]
        | UnsetType
    ) = UNSET
    box: (
        Annotated[
            Literal["trim", "crop", "bleed", "media", "art"],
            Meta(description="用 PDF 的哪个框；不写为 TrimBox，没有则 CropBox · which box of a PDF's page"),
        ]
        | UnsetType
    ) = UNSET
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
