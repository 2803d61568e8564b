"""The published schema and the typed values agree, in every case and beyond."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.yaml_nodes import read_yaml
from layout_engine.spec.model import House, Issue, Page
from layout_engine.spec.model_printer import Printer
from layout_engine.spec.model_regions import REGION_KINDS
from layout_engine.spec.schema import Which, json_schema, struct_schema
from layout_engine.spec.typed import read_length_of
from tests.spec.issue_folder import BASE, HOUSE, ISSUE, PAGE

CASES = BASE.parent
STRUCTS: dict[str, type[msgspec.Struct]] = {"house": House, "issue": Issue, "page": Page}
KINDS = {str(kind.__struct_config__.tag): kind for kind in REGION_KINDS}
VALIDATORS = {
    struct: jsonschema_rs.validator_for(struct_schema(struct)) for struct in (House, Issue, Printer, *REGION_KINDS)
}


def _accepts(value: Any, struct: type[msgspec.Struct]) -> bool:
    try:
        msgspec.convert(value, struct, dec_hook=read_length_of)
    except msgspec.ValidationError:
        return False
    return True


def _value(path: Path) -> Any:
    document = read_yaml(path.read_bytes(), path.name).value
    return document.value if document else None


def _written() -> Iterator[tuple[str, Any, type[msgspec.Struct]]]:
    """Every house, printer, issue and region of every case."""
    for path in sorted(one for one in CASES.glob("*/**/*.yaml") if one.is_file()):
        value = _value(path)
        if not isinstance(value, dict) or path.parent.name == "photos":
            continue
        if path.name == "issue.yaml":
            yield str(path.relative_to(CASES)), value, Issue
        elif path.parent.name == "house":
            yield str(path.relative_to(CASES)), value, House
        elif path.parent.name == "printers":
            yield str(path.relative_to(CASES)), value, Printer
        for at, region in enumerate(value.get("regions") or []):
            if isinstance(region, dict) and region.get("kind") in KINDS:
                yield f"{path.relative_to(CASES)}:{at}", region, KINDS[region["kind"]]


WRITTEN = list(_written())


def test_schema_and_declaration_agree_on_every_case() -> None:
    differ = [name for name, value, struct in WRITTEN if VALIDATORS[struct].is_valid(value) != _accepts(value, struct)]
    assert differ == []
    assert len(WRITTEN) > 140


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(one for key, part in inner for one in _paths(part, (*path, key)))]


def _with(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], new)
    return copy


ODD_NUMBERS = (None, True, 0, 5, -1, 999, 1.5)
ODD_TEXTS = ("", "3", "10-34", "10+", "+3", "1-3\n", "３", "auto", "auto\n", "1..2", "-3..20", "lead", "lead\n", "头条")
ODD_LENGTHS = (
    "五号",
    "30pt..42pt",
    "10.5pt",
    "-3mm",
    "2字\n",
    "9999999pt",
    "1pt..2pt..3pt",
    " 3 mm",
    "3．5mm",
    "-五号",
)
ODD_GROUPS = ([], ["3mm", "4mm"], {}, {"rule": "1pt"})
ODD = st.sampled_from((*ODD_NUMBERS, *ODD_TEXTS, *ODD_LENGTHS, *ODD_GROUPS))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([one for one in WRITTEN if _accepts(one[1], one[2])]), st.data(), ODD)
def test_schema_and_declaration_agree_on_any_single_change(
    written: tuple[str, Any, type[msgspec.Struct]], data: st.DataObject, new: Any
) -> None:
    _, value, struct = written
    changed = _with(value, data.draw(st.sampled_from(_paths(value))), new)
    if isinstance(changed, dict):
        changed = {str(key): one for key, one in changed.items()}
    assert VALIDATORS[struct].is_valid(changed) == _accepts(changed, struct)


@pytest.mark.parametrize("gutter", ["2字\n", "小五\n", "auto\n"])
def test_a_line_end_behind_a_length_is_refused_by_schema_and_declaration_alike(gutter: str) -> None:
    house = {**_value(BASE / HOUSE), "grid": {"columns": 5, "gutter": gutter}}
    assert not _accepts(house, House)
    assert not VALIDATORS[House].is_valid(house)


@pytest.mark.parametrize(("which", "name"), [("house", HOUSE), ("issue", ISSUE), ("page", PAGE)])
def test_the_published_schema_takes_the_sound_files(which: Which, name: str) -> None:
    jsonschema_rs.validator_for(json_schema(which)).validate(_value(BASE / name))


def test_the_published_schema_holds_a_region_against_its_own_kind() -> None:
    page = {"page": 1, "format": "tabloid", "regions": [{"id": "a", "kind": "photo", "photo": "tea", "story": "x"}]}
    (error,) = jsonschema_rs.validator_for(json_schema("page")).iter_errors(page)
    assert error.kind.unexpected == ["story"]


@pytest.mark.parametrize("which", ["house", "issue", "page"])
def test_the_published_schema_is_json_with_a_word_for_every_field_of_a_name(which: Which) -> None:
    text = json.dumps(json_schema(which), ensure_ascii=False, sort_keys=True)
    assert '"x-names"' in text
    assert text == json.dumps(json_schema(which), ensure_ascii=False, sort_keys=True)
