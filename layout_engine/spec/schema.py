"""The published JSON Schema of what can be written (版样的格式定义), made from the declarations in model.py.

Editors complete and check the YAML with it, and the fault finder reads it to say what was expected.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec

from layout_engine.base.units import LENGTH_PATTERN, SIZE_NAMES, Length, LengthRange
from layout_engine.spec.model import House, Issue, Page
from layout_engine.spec.model_printer import Printer
from layout_engine.spec.model_regions import REGION_KINDS, RegionSpec

Schema = dict[str, Any]
Which = Literal["house", "issue", "page", "printer"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REF: Final = "#/$defs/{name}"
_ONE_LENGTH: Final = r"[0-9]{1,6}(\.[0-9]{1,6})? ?(mm|pt|字|行)|" + "|".join(SIZE_NAMES)


def json_schema(which: Which, kinds: Sequence[type[RegionSpec]] = REGION_KINDS) -> Schema:
    """The schema of a whole file; a region of a page is held against the schema of its own `kind`."""
    roots: dict[Which, type[msgspec.Struct]] = {"house": House, "issue": Issue, "page": Page, "printer": Printer}
    root = roots[which]
    (_, *regions), definitions = _components((root, *kinds) if which == "page" else (root,))
    if which == "page":
        definitions["Page"]["properties"]["regions"] = {
            "type": "array",
            "description": "区域 · regions",
            "items": _region_by_kind(kinds, regions),
        }
    used = {"$schema": _DIALECT, "title": which, **definitions.pop(root.__name__)}
    return {**used, "$defs": definitions}


def struct_schema(struct: type[msgspec.Struct]) -> Schema:
    """The schema of one declaration by itself: a region kind, a style, a page without its regions."""
    _, definitions = _components((struct,))
    return {"$schema": _DIALECT, **definitions.pop(struct.__name__), "$defs": definitions}


def expectation(schema: Schema) -> tuple[str, str]:
    """What a part of a schema asks for, in Chinese and English, for people."""
    if "x-expects" in schema:
        zh, en = schema["x-expects"]
        return zh, en
    if "anyOf" in schema:
        parts = [expectation(one) for one in schema["anyOf"]]
        return "，或".join(zh for zh, _ in parts), " or ".join(en for _, en in parts)
    if "enum" in schema or "const" in schema:
        words = [str(one) for one in schema.get("enum", [schema.get("const")])]
        return "、".join(words), ", ".join(words)
    kind = schema.get("type", "object")
    if kind == "array" and "prefixItems" in schema:
        zh, en = expectation(schema["prefixItems"][0])
        count = len(schema["prefixItems"])
        return f"[ ] 里 {count} 个值，每个是{zh}", f"{count} values in [ ], each {en}"
    return _KINDS[kind]


def length_type(type_: type) -> Schema:
    """The schema of our own types: a length is a string with a unit, a range has two dots in it."""
    if type_ is LengthRange:
        return {
            "type": "string",
            "pattern": rf"^({_ONE_LENGTH})(\.\.({_ONE_LENGTH}))?$",
            "x-expects": ("字号，如 五号、9pt 或 30pt..42pt", "a size such as 五号, 9pt or 30pt..42pt"),
            "x-length": True,
        }
    if type_ is Length:
        return {
            "type": "string",
            "pattern": LENGTH_PATTERN,
            "x-expects": ("长度，如 15.5pt、3mm、2字", "a length such as 15.5pt, 3mm or 2字"),
            "x-length": True,
        }
    raise NotImplementedError(f"no schema for {type_!r}")


_KINDS: Final = {
    "integer": ("整数", "a whole number"),
    "number": ("数", "a number"),
    "string": ("文字", "a text"),
    "boolean": ("true 或 false", "true or false"),
    "array": ("[ ] 列表", "a list in [ ]"),
    "object": ("一组“键: 值”", 'a set of "key: value"'),
    "null": ("空", "nothing"),
}


def _components(structs: Sequence[type[msgspec.Struct]]) -> tuple[list[Schema], dict[str, Schema]]:
    schemas, definitions = msgspec.json.schema_components(structs, schema_hook=length_type, ref_template=_REF)
    return list(schemas), definitions


def _region_by_kind(kinds: Sequence[type[RegionSpec]], schemas: list[Schema]) -> Schema:
    names = [kind.__struct_config__.tag for kind in kinds]
    return {
        "type": "object",
        "required": ["id", "kind"],
        "properties": {"kind": {"enum": names, "description": "区域类型 · kind of region"}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": name}}, "required": ["kind"]}, "then": schema}
            for name, schema in zip(names, schemas, strict=True)
        ],
    }
