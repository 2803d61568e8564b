"""From plain YAML values to typed ones (转成定型的值), and every fault of form on the way in the trade's words.

msgspec converts what is right, and fast. Only where it refuses, jsonschema-rs is asked for all faults at once;
the faulty parts are then left out, so that the rest of the file is still checked.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, TypeVar

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.nearest import nearest
from layout_engine.base.units import LengthRange, read_length
from layout_engine.base.yaml_nodes import Path, YamlDocument
from layout_engine.spec.schema import Schema, expectation, length_type, struct_schema

T = TypeVar("T", bound=msgspec.Struct)

_MAX_PASSES: Final = 8  # each pass leaves out at least one level; a declaration is not nested deeper
_MAX_SHOWN_DIGITS: Final = 9  # more is no number of this spec, and not read as one
_MAX_SHOWN: Final = 30  # characters of a wrong value that a message repeats


def read_length_of(type_: type, value: Any) -> Any:
    """msgspec's hook for our own types: the length that a text writes."""
    if not isinstance(value, str) or not _form(type_).fullmatch(value):
        raise ValueError("no length")
    first, dots, last = value.partition("..") if type_ is LengthRange else (value, "", "")
    least = read_length(first)
    most = read_length(last) if dots else least
    if least is None or most is None:
        raise ValueError("no length")
    return LengthRange(least, most) if type_ is LengthRange else least  # a range backwards is told by styles.py


def convert_written(
    document: YamlDocument, path: Path, value: Any, struct: type[T], found: Findings
) -> tuple[T | None, frozenset[Path]]:
    """`value` from `path` of the file as a `struct`, and the paths that were faulty and are left out of it.

    None where what must be there is missing or wrong. Every fault is added to `found`, each once.
    """
    try:
        return msgspec.convert(value, struct, dec_hook=read_length_of), frozenset()
    except msgspec.ValidationError as error:
        problem = str(error)
    left_out: set[Path] = set()
    rest = _copy(value)
    for turn in range(_MAX_PASSES):
        faults = [fault for error in _validator(struct).iter_errors(rest) for fault in _meant(error)]
        if turn == 0:
            for fault in faults:
                _report(document, path, _Fault(fault, struct_schema(struct)), found)
        wrong = {one for fault in faults for one in _paths_of(fault)}
        if () in wrong:
            return None, frozenset({path})
        for one in sorted(wrong, key=len, reverse=True):
            _delete(rest, one)
            left_out.add((*path, *one))
        try:
            return msgspec.convert(rest, struct, dec_hook=read_length_of), frozenset(left_out)
        except msgspec.ValidationError as error:
            if not faults:
                problem = str(error)
                break
    found.add("spec/not-understood", document.span(path), problem=problem)
    return None, frozenset({path})


@cache
def _form(type_: type) -> re.Pattern[str]:
    """The very pattern that the schema publishes, so that the two cannot differ."""
    return re.compile(length_type(type_)["pattern"])


@cache
def _validator(struct: type[msgspec.Struct]) -> Any:
    import jsonschema_rs  # noqa: PLC0415 - only a faulty spec pays for loading it

    return jsonschema_rs.validator_for(struct_schema(struct))


class _Fault:
    """One finding of the validator: which keyword failed, where, and the part of the schema that it belongs to."""

    __slots__ = ("keyword", "kind", "part", "path", "value")

    def __init__(self, error: Any, schema: Schema) -> None:
        self.kind = error.kind
        self.keyword: str = error.kind.name
        self.path: Path = tuple(error.instance_path)
        self.value = error.instance
        self.part: Any = schema
        for step in error.schema_path[:-1]:
            self.part = self.part[step]


def _meant(error: Any) -> Iterable[Any]:
    """The fault itself, or those of the one form that was meant where a name or a mapping may be written."""
    forms = error.kind.context if error.kind.name == "anyOf" else ()
    if isinstance(error.instance, dict):
        forms = [form for form in forms if not any(_is_of_form(one, error, "type", "enum") for one in form)]
    elif isinstance(error.instance, str):
        forms = [form for form in forms if all(_is_of_form(one, error, "enum") for one in form)]
    else:
        forms = []
    return forms[0] if len(forms) == 1 else [error]


def _is_of_form(fault: Any, error: Any, *keywords: str) -> bool:
    """Whether a fault is the whole value's, by one of these keywords."""
    return fault.kind.name in keywords and fault.instance_path == error.instance_path


def _paths_of(error: Any) -> Iterable[Path]:
    """What to leave out so that the fault is gone: the value, or the whole list that holds it."""
    path: Path = tuple(error.instance_path)
    if error.kind.name == "additionalProperties":
        return [_outside_lists((*path, key)) for key in error.kind.unexpected]
    return [_outside_lists(path)]


def _outside_lists(path: Path) -> Path:
    return next((path[:at] for at, step in enumerate(path) if isinstance(step, int)), path)


def _report(document: YamlDocument, base: Path, fault: _Fault, found: Findings) -> None:
    path = (*base, *fault.path)
    if any(path[:length] in document.refused for length in range(len(path) + 1)):
        return  # already told when the file was read
    span = document.span(path)
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    expects_zh, expects_en = expectation(fault.part) if isinstance(fault.part, dict) else ("", "")
    shown = _shown(fault.value)
    match fault.keyword:
        case "additionalProperties":
            known = list(fault.part["properties"])
            for extra in fault.kind.unexpected:
                found.add(
                    "spec/unknown-key",
                    document.key_span((*path, extra)),
                    key=_shown(extra),
                    nearest=nearest(extra, known),
                    known=", ".join(known),
                )
        case "required":
            missing = fault.kind.property
            says_zh, _, says_en = fault.part["properties"][missing].get("description", "").partition(" · ")
            found.add("spec/missing-key", span, key=missing, says_zh=says_zh, says_en=says_en)
        case "enum" | "const":
            found.add(
                "spec/unknown-word",
                span,
                key=key,
                value=shown,
                nearest=nearest(str(fault.value), expects_en.split(", ")),
                known=expects_en,
            )
        case "minimum" | "maximum":
            least, most = fault.part.get("minimum", ""), fault.part.get("maximum", "")
            only_least = "" if most != "" else least
            found.add("spec/out-of-range", span, key=key, value=shown, least=least, most=most, only_least=only_least)
        case "falseSchema":
            pass  # an item too many: maxItems has said so
        case _ if _is_length(fault.part):
            found.add(
                "spec/not-a-length",
                span,
                key=key,
                value=shown,
                expects_zh=expects_zh,
                expects_en=expects_en,
                with_unit=f"{shown}pt" if isinstance(fault.value, int | float) else _in_mm(fault.value),
            )
        case _:
            quotes = shown if _only_quotes(fault) else ""
            found.add(
                "spec/wrong-value",
                span,
                key=key,
                value=shown,
                expects_zh=expects_zh,
                expects_en=expects_en,
                quoted=f'"{quotes}"' if quotes and not isinstance(fault.value, str) else "",
                unquoted=quotes if isinstance(fault.value, str) else "",
            )


def _only_quotes(fault: _Fault) -> bool:
    """Whether a number was written as a text, or a text as a number: only the quotation marks are wrong."""
    wanted = fault.part.get("type") if isinstance(fault.part, dict) else None
    if isinstance(fault.value, str):
        is_number = fault.value.isascii() and fault.value.isdigit() and len(fault.value) <= _MAX_SHOWN_DIGITS
        return wanted in ("integer", "number") and is_number
    return wanted == "string" and isinstance(fault.value, int | float)


def _is_length(part: Any) -> bool:
    return isinstance(part, dict) and bool(part.get("x-length"))


def _in_mm(value: Any) -> str:
    """What a length in centimetres is in millimetres, for the hint."""
    text = str(value).strip().removesuffix("厘米").removesuffix("cm").strip()
    length = read_length(f"{text}mm") if text != str(value).strip() else None
    if length is None:
        return ""
    tenfold = length.amount * 10
    return f"{float(tenfold):g}mm"


def _shown(value: Any) -> str:
    """A wrong value as a message repeats it: short, and with a word where there is nothing to repeat."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if value is None:
        return "~"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).replace("\n", "↵")
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def _delete(value: Any, path: Path) -> None:
    for step in path[:-1]:
        value = value.get(step, {}) if isinstance(value, dict) else {}
    if isinstance(value, dict):
        value.pop(path[-1], None)
