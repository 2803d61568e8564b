"""`layout-engine schema`: the JSON Schemas of what can be written and of what comes out (格式定义).

layout-engine schema page > page.json
layout-engine schema --out docs/schema
"""

import json
from pathlib import Path
from typing import Annotated, Any, Final, get_args

from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.json_diff import diff_schema
from layout_engine.cli.json_report import report_schema
from layout_engine.cli.json_separations import separations_schema
from layout_engine.cli.options import SchemaName, Shared, Told
from layout_engine.pdf.files import write_atomically
from layout_engine.spec.schema import json_schema

NAMES: Final[tuple[SchemaName, ...]] = get_args(SchemaName)


class Options(Shared, frozen=True, kw_only=True):
    """Which schema, and where to."""

    which: Annotated[
        SchemaName | None,
        Told(
            "哪一种（不写则全部）",
            "which one (all of them by default)",
            "|".join(NAMES),
            ("、".join(NAMES), ", ".join(NAMES)),
            positional=True,
        ),
    ] = None
    out: Annotated[str | None, Told("写成 DIR 里的文件", "write files into DIR", "DIR")] = None


def run(options: Options, console: Console) -> int:
    """Print one schema, or all in one document; or write each to a file of its own."""
    names = (options.which,) if options.which else NAMES
    if options.out is not None:
        for name in names:
            path = Path(options.out) / f"{name}.json"
            write_atomically(path, schema_text(name).encode())
            console.say(str(path))
        return exit_codes.CLEAN
    value = schema_of(options.which) if options.which else {name: schema_of(name) for name in NAMES}
    console.say(json.dumps(value, ensure_ascii=not console.speaks_utf8(), indent=2))
    return exit_codes.CLEAN


def schema_text(name: SchemaName) -> str:
    """A schema as it is published in docs/schema/."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


def schema_of(name: SchemaName) -> dict[str, Any]:
    """The schema of one kind of file."""
    if name == "report":
        return report_schema()
    if name == "diff":
        return diff_schema()
    return separations_schema() if name == "separations" else json_schema(name)
