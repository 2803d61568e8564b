"""The small words of the spec (版样的词): names, spans of columns and rows, ranges, and what all declarations share."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from layout_engine.base.units import END, LENGTH_PATTERN


def described(description: str, names: str | None = None, expects: tuple[str, str] | None = None, **more: Any) -> Meta:
    marks: dict[str, Any] = {}
    if names:
        marks["x-names"] = names
    if expects:
        marks["x-expects"] = expects
    return Meta(description=description, extra_json_schema=marks or None, **more)


Id = Annotated[
    str,
    described(
        "名字：字母、数字、连字符 · name: letters, digits, hyphens",
        expects=("字母、数字、连字符，字母或数字在前", "letters, digits and hyphens, no hyphen first"),
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}" + END,
    ),
]
StyleName = Annotated[str, described("文字样式名 · name of a text style", "style")]
InkName = Annotated[str, described("油墨名 · name of an ink", "ink")]
RoleName = Annotated[str, described("字体角色 · face role of fonts.yaml", "face")]
StoryName = Annotated[str, described("稿件名 · story: articles/NAME.md", "story")]
PageNumber = Annotated[int, described("版次 · number of a page of this issue", ge=1, le=999)]
PhotoName = Annotated[str, described("图片名 · photo: photos/NAME.yaml", "photo")]
RegionName = Annotated[str, described("区域名 · id of a region on this page", "region")]
FormatName = Annotated[str, described("开本名 · a format of the house", "format")]
FileName = Annotated[str, described("文件路径（相对本文件） · path, from this file", "file")]
FileHash = Annotated[
    str,
    described(
        "文件的 SHA-256 · the file's SHA-256",
        expects=('sha256: 后面 64 位十六进制数，或 ""', 'sha256: and 64 hexadecimal digits, or ""'),
        pattern=r"^(sha256:[0-9a-f]{64})?" + END,
    ),
]
Template = Annotated[
    str,
    described(
        "文字，可含 {date} {lunar} {weekday} {number} {page} {page_name} {duty.责编} · text with fields of the issue",
        "template",
    ),
]
Percent = Annotated[float, Meta(ge=0, le=100)]
ColumnSpan = Annotated[
    Annotated[int, Meta(ge=1, le=16)] | Annotated[str, Meta(pattern=r"^(\+?[0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2})" + END)],
    described(
        "栏：3 或 1-3；+2 是接在 right_of 之后的两栏 · columns, both ends count; +2 two columns after right_of",
        expects=("栏号，如 3 或 1-3", "columns such as 3 or 1-3"),
    ),
]
RowSpan = Annotated[
    Annotated[int, Meta(ge=1, le=999)]
    | Annotated[str, Meta(pattern=r"^(\+?[0-9]{1,3}|[0-9]{1,3}-[0-9]{1,3}|[0-9]{1,3}\+)" + END)],
    described(
        "行格：8、10-34 或 10+；+12 是接在 below 之后的十二行 · "
        "rows, both ends count; 10+ takes what the content needs; +12 twelve rows after below",
        expects=("行格号，如 8、10-34 或 10+", "rows such as 8, 10-34 or 10+"),
    ),
]
LineCount = Annotated[
    Annotated[int, Meta(ge=1, le=99)] | Annotated[str, Meta(pattern=r"^([0-9]{1,2}(\.\.[0-9]{1,2})?)" + END)],
    described(
        "行数：2 或 1..2 · number of lines",
        expects=("行数，如 2 或 1..2", "a number of lines such as 2 or 1..2"),
    ),
]
RowsTaken = Annotated[
    Annotated[int, Meta(ge=1, le=40)] | Annotated[str, Meta(pattern=r"^([1-9][0-9]?(\.\.[1-9][0-9]?)?)" + END)],
    described(
        "占行：2，或 2..3（可多占，以便各栏落底） · rows taken, or a range from which columns are filled to their foot",
        expects=("占行数，如 2 或 2..3", "a number of rows such as 2 or 2..3"),
    ),
]
Tracking = Annotated[
    Annotated[int, Meta(ge=-10, le=100)] | Annotated[str, Meta(pattern=r"^(-?[0-9]{1,3}(\.\.-?[0-9]{1,3})?)" + END)],
    described(
        "字距，百分数：0 或 -3..20 · letter-spacing in percent of the size, or a range",
        expects=("百分数，如 0 或 -3..20", "percent such as 0 or -3..20"),
    ),
]
Narrow = Annotated[
    Annotated[int, Meta(ge=50, le=150)] | Annotated[str, Meta(pattern=r"^([0-9]{2,3}(\.\.[0-9]{2,3})?)" + END)],
    described(
        "长扁，百分数：100 或 90..110 · width of the glyphs in percent, or a range",
        expects=("百分数，如 100 或 90..110", "percent such as 100 or 90..110"),
    ),
]
Gutter = Annotated[
    str,
    described(
        "栏距：长度，或 auto 凑成整字后余量归栏距 · a length, or auto: what whole 字 leave over",
        expects=("auto 或长度，如 1.5字", "auto or a length such as 1.5字"),
        pattern=f"^auto{END}|{LENGTH_PATTERN}",
    ),
]
Mark = Literal["crop", "register", "bar", "slug"]  # 裁切线、套准线、色标、版边文字
Align = Literal["left", "centre", "right", "justify"]
Direction = Literal["horizontal", "vertical"]
HeadlineShape = Annotated[
    Literal["block", "step"],
    Meta(description="step：阶梯，各行依次错开，首行齐头、末行齐尾 · each line further on than the one before it"),
]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all that is written: immutable, and an unknown key is a fault."""
