"""Which strings of a typed value are names, files or templates (有所指的文字), from the declarations themselves."""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

Mark = tuple[str, str, str]  # path such as "headline.style", what it names, the string


def marked_strings(value: msgspec.Struct, path: str = "") -> Iterator[Mark]:
    """Every string in `value` whose declaration says what it is, with its path and what it names."""
    for field, marks in _marks_of(type(value)):
        inner = getattr(value, field)
        where = f"{path}.{field}" if path else field
        if inner is not msgspec.UNSET:
            yield from _walk(inner, marks, where)


def _walk(value: Any, names: str, path: str) -> Iterator[Mark]:
    if isinstance(value, msgspec.Struct):
        yield from marked_strings(value, path)
    elif isinstance(value, str):
        if names:
            yield path, names, value
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _walk(one, names, f"{path}.{at}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _walk(one, names, f"{path}.{key}")


@cache
def _marks_of(struct: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The fields that are marked or may hold marked strings, each with what its strings name (or nothing)."""
    fields = []
    for base in reversed(struct.__mro__):
        for field, annotation in getattr(base, "__annotations__", {}).items():
            names, structs = _look_into(annotation)
            if names or structs:
                fields.append((field, names))
    return tuple(dict(fields).items())


def _look_into(annotation: Any) -> tuple[str, bool]:
    """What the strings of an annotation name, and whether it holds declarations of our own."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metas = get_args(annotation)
        extras = (getattr(meta, "extra_json_schema", None) or {} for meta in metas)
        names = next((extra["x-names"] for extra in extras if "x-names" in extra), "")
        return (names, False) if names else _look_into(inner)
    if origin in (Union, UnionType, tuple, dict):
        found = [_look_into(one) for one in get_args(annotation)]
        return next((names for names, _ in found if names), ""), any(structs for _, structs in found)
    return "", isinstance(annotation, type) and issubclass(annotation, msgspec.Struct)
