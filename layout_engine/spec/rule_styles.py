"""Which rules of the line does the house choose (排字规则)? The table "Styles" of the standard, as data."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec
from msgspec import UNSET

from layout_engine.spec.model_styles import Rules
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
            # 半角, the 半角式 of CLREQ 3.1.6: beyond the standard's table. Every mark that has a blank gives it up.
            LineRules(style="banjiao", marks="half"),
        )
    }
)
_PARTS_OF_EM: Final = {0: 0, "1/8": 3, "1/4": 6, "1/3": 8, "1/2": 12}  # in 24ths
_AS_WRITTEN: Final = ("level", "marks", "line_start_open", "line_end", "hanging", "push_in", "vertical_quotes")


def choose_rules(written: Iterable[Rules]) -> LineRules:
    """What holds where these were written one over the other, the last the nearest; a style's name begins afresh."""
    rules = LineRules()
    for one in written:
        if isinstance(one, str):
            rules = RULE_STYLES[one]
            continue
        base = rules if one.style is UNSET else RULE_STYLES[one.style]
        changes: dict[str, Any] = {key: getattr(one, key) for key in _AS_WRITTEN if getattr(one, key) is not UNSET}
        if one.adjacent is not UNSET:
            changes["adjacent"] = f"{float(one.adjacent):.1f}"
        if one.autospace is not UNSET:
            changes["autospace"] = _PARTS_OF_EM[one.autospace]
        if one.autospace_max is not UNSET:
            changes["autospace_most"] = _PARTS_OF_EM[one.autospace_max]
        if one.runt is not UNSET:
            changes["avoids_runts"] = one.runt == "avoid"
        if one.hyphenate is not UNSET:
            changes["hyphenates"] = one.hyphenate
        rules = msgspec.structs.replace(base, **changes)
    return rules
