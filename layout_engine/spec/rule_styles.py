"""Which rules of the line does a style of composing choose (排版风格)? The table "Styles" of the standard, as data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from layout_engine.spec.resolved import LineRules

RULE_STYLES: Final[Mapping[str, LineRules]] = MappingProxyType(
    {
        one.style: one
        for one in (
            LineRules(),
            LineRules(style="basic", level="basic"),
            LineRules(style="strict", level="strict"),
            LineRules(style="kaiming", marks="half-but-stops", push_in="not-stops"),  # 开明
            LineRules(style="quanjiao", line_start_open="keep", line_end="keep", push_in="spaces"),  # 全角
            # 半角, the 半角式 of CLREQ: beyond the standard's table, where every mark that has a blank has it no more.
            LineRules(style="banjiao", marks="half"),
        )
    }
)
