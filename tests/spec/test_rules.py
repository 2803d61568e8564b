"""The rules of the line that a house chooses: a style's name, what differs from it, and who inherits it."""

from pathlib import Path
from typing import get_args

from layout_engine.spec.model_styles import RuleStyle
from layout_engine.spec.resolved import LineRules, TextStyle
from layout_engine.spec.rule_styles import RULE_STYLES
from tests.spec.issue_folder import BASE, HOUSE, read_with


def styles_with(folder: Path, house_rules: str = "", **changes: str) -> dict[str, TextStyle]:
    """The styles of the base page where the house says `house_rules`, and its styles say these more."""
    text = (BASE / HOUSE).read_text(encoding="utf-8")
    for name, rules in changes.items():
        before, after = text.split(f"  {name}:", 1)
        text = f"{before}  {name}:{after.replace('}', f', rules: {rules}' + '}', 1)}"
    outcome = read_with(folder, {HOUSE: f"{house_rules}\n{text}"})
    assert outcome.diagnostics == (), [one.message("en") for one in outcome.diagnostics]
    assert outcome.value is not None
    return outcome.value.pages[0].styles


def test_every_style_that_can_be_written_is_in_the_table() -> None:
    (names, _) = get_args(RuleStyle)
    assert tuple(RULE_STYLES) == get_args(names)


def test_what_nobody_says_is_gb(tmp_path: Path) -> None:
    assert {style.rules for style in styles_with(tmp_path).values()} == {RULE_STYLES["gb"]} == {LineRules()}


def test_the_house_chooses_for_all_styles(tmp_path: Path) -> None:
    assert {style.rules for style in styles_with(tmp_path, "rules: kaiming").values()} == {RULE_STYLES["kaiming"]}


def test_a_style_says_only_what_differs_from_the_house(tmp_path: Path) -> None:
    styles = styles_with(tmp_path, "rules: {style: strict, hanging: stop-pause}", banner='{adjacent: "1.0"}')
    banner, folio = styles["banner"].rules, styles["folio"].rules
    assert (banner.level, banner.hanging, banner.adjacent) == ("strict", "stop-pause", "1.0")
    assert (folio.level, folio.hanging, folio.adjacent) == ("strict", "stop-pause", "1.5")


def test_a_style_by_name_begins_afresh(tmp_path: Path) -> None:
    styles = styles_with(tmp_path, "rules: {style: strict, hanging: stop-pause}", banner="{style: quanjiao}")
    assert styles["banner"].rules == RULE_STYLES["quanjiao"]


def test_rules_are_inherited_with_the_style(tmp_path: Path) -> None:
    styles = styles_with(tmp_path, "", body="{hanging: stop-pause}", byline="{runt: allow}")
    assert (styles["caption"].rules.hanging, styles["caption"].rules.avoids_runts) == ("stop-pause", True)
    assert (styles["byline"].rules.hanging, styles["byline"].rules.avoids_runts) == ("stop-pause", False)


def test_every_option_reaches_the_style(tmp_path: Path) -> None:
    written = (
        "{level: strict, marks: half, adjacent: 1.0, line_start_open: keep, line_end: grid, hanging: stop-pause, "
        "push_in: spaces, autospace: 1/8, autospace_max: 1/3, runt: allow, hyphenate: true, "
        "vertical_quotes: corner-first}"
    )
    assert styles_with(tmp_path, f"rules: {written}")["body"].rules == LineRules(
        level="strict",
        marks="half",
        adjacent="1.0",
        line_start_open="keep",
        line_end="grid",
        hanging="stop-pause",
        push_in="spaces",
        autospace=3,
        autospace_most=8,
        avoids_runts=False,
        hyphenates=True,
        vertical_quotes="corner-first",
    )


def test_no_autospace_may_be_asked_for(tmp_path: Path) -> None:
    assert styles_with(tmp_path, "rules: {autospace: 0}")["body"].rules.autospace == 0
