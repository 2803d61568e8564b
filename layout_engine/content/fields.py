"""The texts in the front matter of an article or beside a picture (字段): each looked at, each with its place."""

from collections.abc import Mapping
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Findings
from layout_engine.base.nearest import nearest
from layout_engine.base.source import SourcedText, join_texts
from layout_engine.base.yaml_nodes import YamlDocument
from layout_engine.content.normalize import NORMALIZATIONS

_BLANKS: Final = " \t　"


class Fields(msgspec.Struct, frozen=True):
    """The texts by key, without the empty ones, and the edits that the file accepts.

    `refused`: keys whose value could not be taken and has its finding already.
    """

    texts: dict[str, SourcedText] = {}
    normalize: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


def read_fields(document: YamlDocument, keys: Mapping[str, bool], found: Findings) -> Fields:
    """The fields of a mapping: `keys` are the texts that it knows, and whether each may have several lines.

    `normalize`, a list of kinds, is always known.
    """
    if not isinstance(document.value, dict):
        if () not in document.refused:
            found.add("copy/not-keys", document.span())
        return Fields(refused=frozenset(keys))
    texts: dict[str, SourcedText] = {}
    kinds: frozenset[str] = frozenset()
    refused = set()
    known = (*keys, "normalize")
    for key, value in document.value.items():
        path = (key,)
        if path in document.refused:
            refused.add(key)
        elif key not in known:
            found.add(
                "copy/unknown-key",
                document.key_span(path),
                key=key,
                nearest=nearest(key, known),
                known=", ".join(known),
            )
        elif value is None:
            continue  # a key without a value says nothing
        elif key == "normalize":
            kinds = _read_normalize(document, value, found)
        elif not isinstance(value, str):
            found.add("copy/not-text", document.span(path), key=key)
            refused.add(key)
        elif text := _read_text(document.text(path), key, keys[key], found):
            texts[key] = text
    return Fields(texts, kinds, frozenset(refused))


def _read_text(copy: SourcedText, key: str, several_lines: bool, found: Findings) -> SourcedText | None:
    text = _tidy_lines(copy)
    if "<!--" in text.text:
        found.add("copy/markdown-unsupported", text.span(text.text.index("<!--")), construct="<!-- … -->")
    if "\n" in text.text and not several_lines:
        found.add("copy/several-lines", text.span(text.text.index("\n") + 1), key=key)
        lines = text.text.split("\n")
        pieces, start = [], 0
        for line in lines:
            pieces.append(text.slice(start, start + len(line)))
            start += len(line) + 1
        text = join_texts(pieces)
    return text if text.text else None


def _read_normalize(document: YamlDocument, value: object, found: Findings) -> frozenset[str]:
    if not isinstance(value, list):
        found.add("copy/normalize-not-list", document.span(("normalize",)), known=", ".join(NORMALIZATIONS))
        return frozenset()
    kinds = set()
    for at, kind in enumerate(value):
        path = ("normalize", at)
        if isinstance(kind, str) and kind in NORMALIZATIONS:
            kinds.add(kind)
        elif path not in document.refused:
            found.add(
                "copy/unknown-normalization",
                document.span(path),
                kind=kind,
                nearest=nearest(kind, NORMALIZATIONS) if isinstance(kind, str) else "",
                known=", ".join(NORMALIZATIONS),
            )
    return frozenset(kinds)


def _tidy_lines(copy: SourcedText) -> SourcedText:
    """The lines of a text without blanks at their ends and without empty ones."""
    pieces: list[SourcedText] = []
    start = 0
    feed: SourcedText | None = None
    for line in copy.text.split("\n"):
        bare = line.strip(_BLANKS)
        if bare:
            at = start + line.index(bare)
            if feed is not None and pieces:
                pieces.append(feed)
            pieces.append(copy.slice(at, at + len(bare)))
        start += len(line) + 1
        feed = copy.slice(start - 1, start)
    return join_texts(pieces) if pieces else SourcedText("", copy.file, ())
