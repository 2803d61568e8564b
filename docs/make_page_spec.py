"""Fill the tables of fields in docs/page-spec.md from the declarations in spec/model*.py.

A table stands between `<!-- fields: StoryRegion -->` and `<!-- end -->`; the prose around it is written by hand.

    python docs/make_page_spec.py
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from layout_engine.spec import model, model_printer, model_regions, model_styles
from layout_engine.spec.schema import expectation, struct_schema

PAGE = Path(__file__).with_name("page-spec.md")
_TABLE = re.compile(r"(<!-- fields: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(text: str) -> str:
    """The page with every table as the declarations have it now."""
    return _TABLE.sub(lambda match: f"{match[1]}{_table(match[2])}{match[3]}", text)


def _table(name: str) -> str:
    struct: type[msgspec.Struct] = next(
        getattr(module, name) for module in (model, model_printer, model_regions, model_styles) if hasattr(module, name)
    )
    return "\n".join(["| 字段 | 写什么 | 默认 | 说明 |", "|---|---|---|---|", *_rows(struct), ""])


def _rows(struct: type[msgspec.Struct]) -> Iterator[str]:
    schema = struct_schema(struct)
    for name, field in schema["properties"].items():
        if name != "kind" and not _is_shared(struct, name):
            default = "必写" if name in schema.get("required", ()) else _default(field)
            what, about = _what(field, schema), _cell(_description(field))
            yield f"| `{name}` | {what} | {default} | {'' if about == what else about} |"


def _is_shared(struct: type[msgspec.Struct], name: str) -> bool:
    """Whether a region's field is one that every region has."""
    shared = model_regions.RegionSpec
    return struct is not shared and issubclass(struct, shared) and name in shared.__struct_fields__


def _what(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """What may be written, in words; another declaration by its name."""
    if "$ref" in field:
        return _definition(field["$ref"], schema)
    items, named = field.get("items"), field.get("additionalProperties")
    if isinstance(items, dict) and "$ref" in items:
        return f"[ ] 列表，每项是{_definition(items['$ref'], schema)}"
    if isinstance(named, dict) and "$ref" in named:
        return f"“名字: …”，每个是{_definition(named['$ref'], schema)}"
    if isinstance(items, dict) and "anyOf" in items:  # the regions of a page, each by its own kind
        return "[ ] 列表"
    if "x-names" in field and "x-expects" not in field:
        return _cell(_description(field))
    limits = [f"{field[key]:g}" for key in ("minimum", "maximum") if key in field]
    words = _cell(expectation(field)[0])
    return f"{words}，{' 到 '.join(limits)}" if len(limits) == 2 else words


def _definition(ref: str, schema: dict[str, Any]) -> str:
    """The trade's word for a declaration, which its description starts with."""
    name = ref.rpartition("/")[2]
    return str(schema["$defs"].get(name, {}).get("description", name)).partition(":")[0].partition(" ")[0]


def _default(field: dict[str, Any]) -> str:
    value = field.get("default")
    if value in (None, "", ()) or isinstance(value, dict):
        return "-"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(f'{one:g}' for one in value)}]`"
    return _cell(f"`{value}`")


def _description(field: dict[str, Any]) -> str:
    text = str(field.get("description", ""))
    return text.partition(" · ")[0]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
