"""The pages in docs/ say what the engine does: generated ones are current, examples hold, commands exist."""

import importlib.util
import json
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest

from layout_engine.base.diagnostics import has_errors
from layout_engine.base.yaml_nodes import read_yaml
from layout_engine.cli.arguments import parse
from layout_engine.cli.main import COMMANDS
from layout_engine.cli.schema import NAMES, schema_of, schema_text
from layout_engine.content.article import read_article
from layout_engine.spec import model_regions, model_styles
from layout_engine.spec.schema import struct_schema

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PROSE = [*sorted(ROOT.glob("README*.md")), *sorted(DOCS.glob("*.md"))]
FENCED = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_diagnostics_is_current() -> None:
    made = _script("make_diagnostics").page()
    assert (DOCS / "diagnostics.md").read_text(encoding="utf-8") == made, "run python docs/make_diagnostics.py"


def test_the_tables_of_fields_are_current() -> None:
    text = (DOCS / "page-spec.md").read_text(encoding="utf-8")
    assert _script("make_page_spec").page(text) == text, "run python docs/make_page_spec.py"


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schemas_are_current(name: Any) -> None:
    published = (DOCS / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert published == schema_text(name), "run layout-engine schema --out docs/schema"


def test_every_kind_of_region_has_a_table_and_an_example() -> None:
    text = (DOCS / "page-spec.md").read_text(encoding="utf-8")
    kinds = {kind.__name__: str(kind.__struct_config__.tag) for kind in model_regions.REGION_KINDS}
    fields = {name for name, kind in kinds.items() if kind != "box" and f"<!-- fields: {name} -->" not in text}
    shown = {value["kind"] for kind, value in _examples() if kind == "region"}
    assert (fields, set(kinds.values()) - shown) == (set(), set())


def test_every_example_of_the_reference_keeps_its_schema() -> None:
    faults = [(kind, value, str(error)) for kind, value in _examples() for error in _errors(kind, value)]
    assert faults == []


def test_the_article_of_the_reference_can_be_read() -> None:
    text = (DOCS / "page-spec.md").read_text(encoding="utf-8")
    (article,) = [body for lang, _, body in FENCED.findall(text) if lang == "markdown"]
    read = read_article(article.encode(), "articles/example.md", "example", frozenset())
    assert read.value is not None
    assert not has_errors(read.diagnostics)


# The page of diagnostics shows commands that go wrong.
@pytest.mark.parametrize(
    "page", [page for page in PROSE if page.name != "diagnostics.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_every_command_in_the_docs_can_be_given(page: Path) -> None:
    wrong = [line for line in _command_lines(page.read_text(encoding="utf-8")) if not _can_be_given(line)]
    assert wrong == []


@pytest.mark.parametrize("page", PROSE, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_in_the_docs_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


SAMPLES = sorted((ROOT / "issues").glob("**/*.yaml"))
SAMPLES = [file for file in SAMPLES if file.parent.name != "photos"]


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_sample_files_name_their_schema_and_keep_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert match is not None
    schema = json.loads((file.parent / match[1]).read_text(encoding="utf-8"))
    document = read_yaml(text.encode(), file.name).value
    assert document is not None
    assert list(jsonschema_rs.validator_for(schema).iter_errors(document.value)) == []


def _examples() -> list[tuple[str, Any]]:
    """The YAML of the reference that says of what it is an example, and its value."""
    text = (DOCS / "page-spec.md").read_text(encoding="utf-8")
    examples = []
    for lang, kind, body in FENCED.findall(text):
        if lang == "yaml":
            read = read_yaml(body.encode(), "page-spec.md")
            assert read.value is not None, body
            assert read.diagnostics == (), body
            examples.append((kind, read.value.value))
    return examples


def _errors(kind: str, value: Any) -> list[object]:
    match kind:
        case "house" | "issue" | "page":
            return list(jsonschema_rs.validator_for(schema_of(kind)).iter_errors(value))
        case "region":
            kinds = {str(one.__struct_config__.tag): one for one in model_regions.REGION_KINDS}
            return list(jsonschema_rs.validator_for(struct_schema(kinds[value["kind"]])).iter_errors(value))
        case "styles" | "inks":
            struct = model_styles.TextStyle if kind == "styles" else model_styles.Ink
            validator = jsonschema_rs.validator_for(struct_schema(struct))
            return [error for one in value.values() for error in validator.iter_errors(one)]
        case "photo":
            return [key for key in value if key not in ("file", "caption", "credit", "alt", "normalize")]
    return [f"an example of what? {kind}"]


def _command_lines(text: str) -> list[str]:
    """Every `layout-engine …` in code, up to where it is piped or joined to another; not what one prints."""
    spans = re.findall(r"`(layout-engine [^`]+)`", text)
    fenced = [(name, line) for name, _, body in FENCED.findall(text) for line in body.splitlines()]
    blocks = [line for name, line in fenced if name != "console" or line.startswith("$ ")]
    blocks += [line[4:] for line in FENCED.sub("", text).splitlines() if line.startswith("    ")]
    parts = [part for line in blocks for part in re.split(r"&&|\||;|>", line)]
    found = [re.search(r"(?:^|[\s/])(layout-engine .+)", part) for part in parts]
    return [*spans, *(match[1].partition(" #")[0].strip() for match in found if match)]


def _can_be_given(line: str) -> bool:
    _, *words = shlex.split(line)
    if words[0] in ("-h", "--help", "--version", "-V") or words[0].isupper():
        return True
    if words[0] not in COMMANDS:
        return False
    module = importlib.import_module(f"layout_engine.cli.{words[0].replace('-', '_')}")
    plain = [word.strip("[]") for word in words[1:]]
    return parse(words[0], module.Options, plain).value is not None
