"""How text and inks are written (样式与油墨): text styles, the rules of the line, inks."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.units import Length, LengthRange
from layout_engine.spec.model_values import (
    Align,
    InkName,
    LineCount,
    Narrow,
    Percent,
    RoleName,
    RowsTaken,
    StyleName,
    Tracking,
    Written,
    described,
)

RuleStyle = Annotated[
    Literal["gb", "basic", "strict", "kaiming", "quanjiao", "banjiao"],
    Meta(
        description="排版风格：gb 国标，basic、strict 避头尾从宽、从严，kaiming 开明，quanjiao 全角，banjiao 半角 · "
        "style of composing"
    ),
]


class RulesSpec(Written, frozen=True, kw_only=True):
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
            described(
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


class TextStyle(Written, frozen=True, kw_only=True):
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


class Ink(Written, frozen=True, kw_only=True):
    """油墨: a colour in process inks, percent, or a named spot with these as its alternate."""

    c: Percent = 0
    m: Percent = 0
    y: Percent = 0
    k: Percent = 0
    overprint: bool = False
    spot: str | UnsetType = UNSET
