"""What can be said of the printer (印厂): in the house's `output:`, and in a file that the printer gives to all papers.

A printer's file builds on one of the engine's profiles and says what is different at this press. What the house says
itself wins over it.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.units import Length
from layout_engine.spec.model_values import FileName, Mark, Written, described

TotalInk = Annotated[
    float, Meta(ge=100, le=400, description="总墨量，百分数 · the sum of the inks at one spot, percent")
]
Resolution = Annotated[int, Meta(ge=36, le=4800, description="每英寸像素 · pixels to the inch")]


class PressSpec(Written, frozen=True, kw_only=True):
    """印刷条件和文件名: what house and printer may both say. `icc`, `condition`, `registry`, `info` go together."""

    name: (
        Annotated[
            str,
            described(
                "文件名，可含 {code} {date:%Y%m%d} {page:02}；"
                "默认 {code}-{date:%Y%m%d}-{page:02}.pdf · file name pattern"
            ),
        ]
        | UnsetType
    ) = UNSET
    icc: FileName | UnsetType = UNSET
    condition: (
        Annotated[
            str,
            described(
                "印刷条件的名字，如 IFRA26 · name of the printing condition",
                expects=("1 到 100 个字", "1 to 100 characters"),
                min_length=1,
                max_length=100,
            ),
        ]
        | UnsetType
    ) = UNSET
    registry: (
        Annotated[
            str,
            described(
                "条件名登记在哪里：icc（国际色彩联盟的登记表）、none，或网址 · "
                "where the name is registered: icc, none, or an address",
                max_length=200,
            ),
        ]
        | UnsetType
    ) = UNSET
    info: Annotated[str, described("条件的说明 · the condition in words", max_length=200)] | UnsetType = UNSET
    total_ink: TotalInk | UnsetType = UNSET


class OutputSpec(PressSpec, frozen=True, kw_only=True):
    """输出: the printer's profile, the printing condition and the file names."""

    profile: Annotated[
        str,
        described(
            "输出规格：pdfx4、pdfx1a、proof，或印厂的规格文件（如 printers/qingdao.yaml） · "
            "pdfx4, pdfx1a, proof, or a printer's own profile as a file",
        ),
    ] = "pdfx4"


class PictureLimits(Written, frozen=True, kw_only=True):
    """图片分辨率: at the size in print."""

    least: Resolution | UnsetType = UNSET
    wanted: Resolution | UnsetType = UNSET
    most: Resolution | UnsetType = UNSET
    line_art: Resolution | UnsetType = UNSET


class LimitsSpec(Written, frozen=True, kw_only=True):
    """下限: what this press still holds. `mixed`: 反白、平网或多色."""

    rule: Annotated[Length, Meta(description="单色实地的线 · a rule in one solid ink")] | UnsetType = UNSET
    rule_mixed: (
        Annotated[Length, Meta(description="反白、平网或多色的线 · white, tinted or in several inks")] | UnsetType
    ) = UNSET
    type: Annotated[Length, Meta(description="单色字 · type in one solid ink")] | UnsetType = UNSET
    type_mixed: Annotated[Length, Meta(description="反白或多色的字 · reversed or in several inks")] | UnsetType = UNSET
    picture_ppi: PictureLimits | UnsetType = UNSET


class AdvertsSpec(Written, frozen=True, kw_only=True):
    """来件转色: what is done with colours of advertisements that the press does not print.

    `rgb` is converted by default, and refused for PDF/X-1a; `spots` without a plate become CMYK.
    """

    rgb: (
        Annotated[
            Literal["convert", "refuse"],
            Meta(description="RGB 和 Lab：convert 转为油墨，refuse 拒收 · RGB and Lab"),
        ]
        | UnsetType
    ) = UNSET
    spots: (
        Annotated[
            Literal["convert", "refuse"],
            Meta(description="没有印版的专色：convert 转为 CMYK，refuse 拒收 · spot inks without a plate"),
        ]
        | UnsetType
    ) = UNSET


class PicturesSpec(Written, frozen=True, kw_only=True):
    """图片分色: how pictures become inks."""

    intent: (
        Annotated[
            Literal["relative", "perceptual"],
            Meta(description="转换意图：relative 相对色度，perceptual 可感知 · rendering intent"),
        ]
        | UnsetType
    ) = UNSET
    black_point: Annotated[bool, Meta(description="黑场补偿 · black point compensation")] | UnsetType = UNSET
    sharpening: (
        Annotated[
            int,
            Meta(ge=0, le=300, description="锐化，百分数；0 为不锐化 · sharpening for newsprint, percent; 0 for none"),
        ]
        | UnsetType
    ) = UNSET
    tagged_cmyk: (
        Annotated[
            Literal["convert", "keep"],
            Meta(
                description="为别的印刷条件分色的 CMYK 图：convert 转换，keep 数值不动 · "
                "CMYK separated for another condition"
            ),
        ]
        | UnsetType
    ) = UNSET
    heavy_cmyk: (
        Annotated[
            Literal["separate", "refuse"],
            Meta(description="超墨的 CMYK 图：separate 重新分色，refuse 退回 · CMYK with too much ink"),
        ]
        | UnsetType
    ) = UNSET


class BoxesSpec(Written, frozen=True, kw_only=True):
    """页面框: trims that this press prints, bleed that every page must have (0mm: none), paper around the trim."""

    trims: (
        Annotated[
            tuple[tuple[Length, Length], ...],
            Meta(description="印得了的成品宽、高 · width and height of the pages that this press prints"),
        ]
        | UnsetType
    ) = UNSET
    bleed: Annotated[Length, Meta(description="出血 · what is printed beyond the trim")] | UnsetType = UNSET
    margin: (
        Annotated[Length, Meta(description="成品外的白边，有标记时至少 10mm · from the trim to the edge of the sheet")]
        | UnsetType
    ) = UNSET


class Printer(PressSpec, frozen=True, kw_only=True):
    """印厂规格."""

    title: Annotated[str, described("印厂的名字 · the printer's name", max_length=100)] | UnsetType = UNSET
    builds_on: Annotated[
        Literal["pdfx4", "pdfx1a", "proof"],
        Meta(description="以哪个规格为底 · the engine's profile that this one changes"),
    ] = "pdfx4"
    spots: (
        Annotated[
            tuple[Annotated[str, Meta(min_length=1, max_length=100)], ...],
            Meta(description="收哪些专色；[] 是都不收 · spot inks that are printed; [] for none"),
        ]
        | UnsetType
    ) = UNSET
    limits: LimitsSpec | UnsetType = UNSET
    pictures: PicturesSpec | UnsetType = UNSET
    adverts: AdvertsSpec | UnsetType = UNSET
    boxes: BoxesSpec | UnsetType = UNSET
    marks: (
        Annotated[
            tuple[Mark, ...],
            Meta(
                description="成品外的标记：crop 裁切线，register 套准线，bar 色标，slug 版边文字 · "
                "marks outside the trim; none by default"
            ),
        ]
        | UnsetType
    ) = UNSET
