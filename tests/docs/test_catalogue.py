"""The catalogue of diagnostics is whole: every code that is used has its texts, and every text is used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from layout_engine.base.codes import CodeEntry, area, areas

ENGINE = Path(__file__).parents[2] / "layout_engine"
CATALOGUE: dict[str, CodeEntry] = {code: entry for name in areas() for code, entry in area(name).items()}
AREAS = "|".join(areas())
CODE = re.compile(rf"(?:{AREAS})/[a-z0-9-]+")
BOTH = [("zh", "en"), ("explain_zh", "explain_en")]


def _sources() -> Iterator[ast.AST]:
    """Every node of the sources, docstrings left out."""
    for file in sorted(ENGINE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        shown = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        yield from (node for node in ast.walk(tree) if id(node) not in shown)


def _whole_codes() -> set[str]:
    strings = (node.value for node in _sources() if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in strings if CODE.fullmatch(text)}


def _codes_put_together() -> set[str]:
    """The codes of the catalogue that an f-string such as `copy/{kind}-character` gives."""
    patterns = ("".join(map(_pattern, node.values)) for node in _sources() if isinstance(node, ast.JoinedStr))
    wanted = [re.compile(one) for one in patterns if re.match(rf"(?:{AREAS})/", one)]
    return {code for code in CATALOGUE if any(one.fullmatch(code) for one in wanted)}


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z]+"


USED = _whole_codes() | _codes_put_together()


def test_every_code_in_the_sources_is_in_the_catalogue() -> None:
    assert USED - set(CATALOGUE) == set()


def test_every_code_of_the_catalogue_is_in_the_sources() -> None:
    assert set(CATALOGUE) - USED == set()


def test_a_code_lies_in_the_file_of_its_area() -> None:
    assert [code for name in areas() for code in area(name) if code.partition("/")[0] != name] == []


@pytest.mark.parametrize("field", ["zh", "en", "explain_zh", "explain_en", "fails", "passes"])
def test_every_code_has_all_its_texts(field: str) -> None:
    assert [code for code, entry in CATALOGUE.items() if not getattr(entry, field).strip()] == []


@pytest.mark.parametrize("fields", BOTH, ids=["message", "explanation"])
def test_no_text_is_left_in_the_other_language(fields: tuple[str, str]) -> None:
    chinese, english = fields
    without = [code for code, entry in CATALOGUE.items() if not _has_chinese(getattr(entry, chinese))]
    same = [code for code, entry in CATALOGUE.items() if getattr(entry, chinese) == getattr(entry, english)]
    assert (without, same) == ([], [])


def test_both_languages_offer_the_same_hints() -> None:
    assert [code for code, entry in CATALOGUE.items() if len(entry.hint_zh) != len(entry.hint_en)] == []


def test_both_languages_name_the_same_values() -> None:
    """A value may have a form of its own for each language: `expects_zh`, `expects_en`."""
    apart = [code for code, entry in CATALOGUE.items() if _values(entry.zh) != _values(entry.en)]
    assert apart == []


def test_an_example_that_passes_is_not_the_one_that_fails() -> None:
    assert [code for code, entry in CATALOGUE.items() if entry.fails.strip() == entry.passes.strip()] == []


def _has_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def _values(template: str) -> set[str]:
    names = (name for _, name, _, _ in Formatter().parse(template) if name)
    return {name.removesuffix("_zh").removesuffix("_en") for name in names}
