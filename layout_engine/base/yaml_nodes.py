"""What a YAML file says, and where each of its values stands (读 YAML): plain values with line and column.

The one place where `yaml` is imported; house, issue, page and picture files and the front matter of articles
all come through here. A file is hostile until it was read: anchors and aliases are refused and never
expanded, tags are refused, size, depth and number of values are bounded.
"""

from typing import Any, Final

import yaml

from layout_engine.base.diagnostics import Findings, Outcome, Span
from layout_engine.base.source import Segment, SourcedText, computed_at
from layout_engine.base.utf8 import BadByte, decode_text
from layout_engine.base.yaml_text import folded_runs, literal_runs, typed_pieces

Path = tuple[str | int, ...]

MAX_BYTES: Final = 1 << 20  # a page spec has some ten kilobytes
MAX_DEPTH: Final = 24  # what a spec can say is seven levels deep
MAX_VALUES: Final = 50_000
MAX_FINDINGS: Final = 50  # in one file; more help nobody
_MAX_DIGITS: Final = 15  # a longer number is a code or a telephone number: text

_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NO_NUMBERS: Final = frozenset((".inf", ".nan", "inf", "nan", "infinity"))
# YAML 1.1 counts these as line ends and editors do not, so that every later line number would be wrong.
_ODD_LINE_ENDS: Final = frozenset("\u0085\u2028\u2029")
_NO_CHARACTERS: Final = frozenset("\ufeff\ufffe\uffff")

# What libyaml says → our code; the first whose words occur in its problem and its context is taken.
_SYNTAX: Final = (
    ("found unexpected end of stream", "quoted scalar", "yaml/unclosed-quote"),
    ("found unexpected document indicator", "quoted scalar", "yaml/unclosed-quote"),
    ("did not find expected ',' or", "flow", "yaml/unclosed-bracket"),
    ("unknown escape character", "", "yaml/unknown-escape"),
    ("found a tab character", "", "yaml/tab"),
    ("mapping values are not allowed", "", "yaml/second-colon"),
    ("could not find expected ':'", "", "yaml/missing-colon"),
    ("alphabetic or numeric character", "", "yaml/needs-quotes"),
    ("cannot start any token", "", "yaml/needs-quotes"),
    ("block sequence entries are not allowed", "", "yaml/indentation"),
    ("did not find expected", "", "yaml/indentation"),
)


class YamlDocument:
    """A file's value as plain Python, and the place of everything in it.

    Mappings are dicts with string keys, sequences lists; dates stay strings. A place that was refused
    (an alias, a tag) has None as its value and is named by `refused`, so that nobody complains twice.
    """

    __slots__ = ("_first_line", "_keys", "_lines", "_places", "file", "refused", "value")

    def __init__(self, file: str, lines: list[str], first_line: int) -> None:
        self.file = file
        self.value: Any = None
        self.refused: set[Path] = set()
        self._lines = lines
        self._first_line = first_line
        self._places: dict[Path, _Place] = {}
        self._keys: dict[Path, tuple[int, int]] = {}

    def at(self, path: Path) -> Any:
        """The value at `path`, which must be there."""
        value: Any = self.value
        for step in path:
            value = value[step]
        return value

    def put(self, path: Path, value: Any) -> None:
        """Have `value` stand at `path`, as if it had been written; its place is that of what stood there, or around."""
        holder: Any = self.value
        for step in path[:-1]:
            holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
        holder[path[-1]] = value

    def has(self, path: Path) -> bool:
        """Whether a value was written at `path`."""
        return path in self._places

    def span(self, path: Path = ()) -> Span:
        """Where the value at `path` starts; where there is none, its nearest parent."""
        while path and path not in self._places:
            path = path[:-1]
        place = self._places.get(path)
        return self._span(place[0], place[1]) if place else Span(self.file, self._first_line, 1)

    def key_span(self, path: Path) -> Span:
        """Where the key of the value at `path` stands; the value itself in a list, or its nearest parent."""
        at = self._keys.get(path)
        return self._span(*at) if at else self.span(path)

    def text(self, path: Path) -> SourcedText:
        """The string at `path` with the place of each character.

        Where escapes or folding part the text from what was typed, all of it stands at its start.
        """
        value = self.at(path)
        line, column, end_line, end_column, style = self._places[path]
        if style == "|":
            runs = literal_runs(value, self._lines, line, end_line)
        else:
            quote = 1 if style in ("'", '"') else 0
            first = (line + 1, 0) if style == ">" else (line, column + quote)
            runs = folded_runs(value, typed_pieces(self._lines, first, (end_line, end_column - quote)))
        if runs is None:
            return computed_at(value, self.span(path))
        moved = self._first_line
        segments = tuple(Segment(at, length, row + moved, col + 1, pin) for at, length, row, col, pin in runs)
        return SourcedText(value, self.file, segments)

    def _span(self, line: int, column: int) -> Span:
        return Span(self.file, line + self._first_line, column + 1)


_Place = tuple[int, int, int, int, str]  # first line and column, last, from 0; the style of a scalar


def read_yaml(data: bytes, file: str, first_line: int = 1) -> Outcome[YamlDocument]:
    """What `data` says; `file` is its name in findings, `first_line` the number of its first line.

    The value is None where nothing of the file can be read: it is empty, too large, no UTF-8, or broken.
    """
    found = Findings()
    text = _decode(data, file, first_line, found)
    if text is None:
        return Outcome(None, found.all())
    lines = text.split("\n")
    document = YamlDocument(file, lines, first_line)
    reader = _Reader(document, found)
    try:
        complete = reader.read(text)
    except yaml.YAMLError as error:
        if not reader.stopped_at_mark:
            _report_syntax(error, document, found)
        complete = False
    return Outcome(document if complete else None, found.all()[:MAX_FINDINGS])


def _decode(data: bytes, file: str, first_line: int, found: Findings) -> str | None:
    start = Span(file, first_line, 1)
    if len(data) > MAX_BYTES:
        found.add("yaml/too-large", start, bytes=len(data), most=MAX_BYTES)
        return None
    text = decode_text(data)
    if isinstance(text, BadByte):
        place = Span(file, first_line + text.line - 1, text.column)
        found.add("yaml/not-utf8", place, byte=text.byte, guess=text.guess)
        return None
    return _without_control_characters(text, file, first_line, found)


def _without_control_characters(text: str, file: str, first_line: int, found: Findings) -> str:
    """The text with each control character reported and blanked, so that reading goes on behind it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        bad = () if line.isprintable() else tuple(at for at, one in enumerate(line) if _is_control(one))
        for at in bad:
            if len(found) < MAX_FINDINGS:
                span = Span(file, first_line + number, at + 1)
                found.add("yaml/control-character", span, character=f"U+{ord(line[at]):04X}")
        if bad:
            lines[number] = "".join(" " if _is_control(one) else one for one in line)
    return "\n".join(lines)


def _is_control(one: str) -> bool:
    return (one < " " and one != "\t") or "\x7f" <= one <= "\x9f" or one in _ODD_LINE_ENDS or one in _NO_CHARACTERS


class _Reader:
    """Builds a document from the parser's events, one at a time: nothing is expanded and nothing recurses."""

    __slots__ = ("_document", "_found", "_stack", "_told", "_values", "stopped_at_mark")

    def __init__(self, document: YamlDocument, found: Findings) -> None:
        self.stopped_at_mark = False  # the last thing read was an alias: `*` may be all that is wrong
        self._document = document
        self._found = found
        self._stack: list[_Open] = []
        self._told: set[str] = set()
        self._values = 0

    def read(self, text: str) -> bool:
        """Whether the file was read to its end and says anything."""
        documents = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._add("yaml/several-documents", event)
                    break
            elif isinstance(event, yaml.NodeEvent):
                if not self._node(event):
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                self._stack.pop()
        if self._document.value is None and not self._document.refused:
            self._found.add("yaml/empty", self._document.span())
            return False
        return True

    def _node(self, event: Any) -> bool:
        """Take one value, or one key, and go on; False where a bound was passed."""
        self._values += 1
        self.stopped_at_mark = isinstance(event, yaml.AliasEvent)
        if self._values > MAX_VALUES:
            self._add("yaml/too-many-values", event, most=MAX_VALUES)
            return False
        parent = self._stack[-1] if self._stack else None
        if isinstance(parent, _OpenMapping) and parent.at_key:
            return self._key(event, parent)
        path: Path | None = ()
        if parent is not None:
            path = parent.next_path()
        value, refused = self._value(event)
        if path is not None:
            mark, end = event.start_mark, event.end_mark
            style = event.style if isinstance(event, yaml.ScalarEvent) else ""
            self._document._places[path] = (mark.line, mark.column, end.line, end.column, style)
            if refused:
                self._document.refused.add(path)
            if parent is None:
                self._document.value = value
            else:
                parent.put(value)
        return self._open(event, path, value)

    def _key(self, event: Any, parent: "_OpenMapping") -> bool:
        parent.at_key = False
        parent.path_of_value = None
        marked = self._refuse_marks(event)
        if not isinstance(event, yaml.ScalarEvent):
            if not marked:
                self._add("yaml/key-not-text", event, key="")
            return self._open(event, None, None)
        key: str = event.value
        if key == "<<" and not event.style:
            self._add("yaml/merge-key", event)
            return True
        if not event.style and not isinstance(_resolve(key), str):
            self._add("yaml/key-not-text", event, key=key)
        path = (*parent.path, key) if parent.path is not None else None
        if key in parent.value:
            first = self._document.key_span(path) if path is not None else None
            self._add(
                "yaml/duplicate-key",
                event,
                related=(first,) if first else (),
                key=key,
                first=first.line if first else "",
            )
            return True
        parent.key, parent.path_of_value = key, path
        if path is not None:
            self._document._keys[path] = (event.start_mark.line, event.start_mark.column)
        return True

    def _value(self, event: Any) -> tuple[Any, bool]:
        refused = self._refuse_marks(event)
        if isinstance(event, yaml.MappingStartEvent):
            return {}, refused
        if isinstance(event, yaml.SequenceStartEvent):
            return [], refused
        if refused:
            return None, True
        if event.style:
            return event.value, False
        value = _resolve(event.value)
        if isinstance(value, float) and value != value:
            self._add("yaml/not-a-number", event, text=event.value)
            return None, True
        return value, False

    def _refuse_marks(self, event: Any) -> bool:
        """Report anchors, aliases and tags; whether an alias or a tag hides the value."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._told:  # a bomb is one fault, not a thousand
                self._told.add(event.anchor)
                self._add("yaml/alias", event, name=event.anchor)
            return True
        if event.anchor is not None:
            self._add("yaml/anchor", event, name=event.anchor)
        if event.tag is not None:
            self._add("yaml/tag", event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
            return True
        return False

    def _open(self, event: Any, path: Path | None, value: Any) -> bool:
        if isinstance(event, yaml.MappingStartEvent):
            self._stack.append(_OpenMapping(path, value if value is not None else {}))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._stack.append(_OpenSequence(path, value if value is not None else []))
        if len(self._stack) > MAX_DEPTH:
            self._add("yaml/too-deep", event, most=MAX_DEPTH)
            return False
        return True

    def _add(self, code: str, event: Any, related: tuple[Span, ...] = (), **values: object) -> None:
        if len(self._found) < MAX_FINDINGS:
            mark = event.start_mark
            self._found.add(code, self._document._span(mark.line, mark.column), related=related, **values)


class _OpenMapping:
    """A mapping whose end was not met yet; its path is None where it stands in something that is skipped."""

    __slots__ = ("at_key", "key", "path", "path_of_value", "value")

    def __init__(self, path: Path | None, value: dict[str, Any]) -> None:
        self.path = path
        self.value = value
        self.at_key = True
        self.key = ""
        self.path_of_value: Path | None = None

    def next_path(self) -> Path | None:
        self.at_key = True
        return self.path_of_value

    def put(self, value: Any) -> None:
        self.value[self.key] = value


class _OpenSequence:
    """A sequence whose end was not met yet."""

    __slots__ = ("path", "value")

    def __init__(self, path: Path | None, value: list[Any]) -> None:
        self.path = path
        self.value = value

    def next_path(self) -> Path | None:
        return None if self.path is None else (*self.path, len(self.value))

    def put(self, value: Any) -> None:
        self.value.append(value)


_Open = _OpenMapping | _OpenSequence


def _resolve(text: str) -> Any:
    """What an unquoted scalar means: as in JSON, so that `no`, `012`, `+2` and `2024-05-21` stay text."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    digits = text.removeprefix("-")
    if digits.lower() in _NO_NUMBERS and not digits.isalpha():
        return float("nan")
    whole, point, part = digits.partition(".")
    if not _is_digits(whole) or len(digits) > _MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        return text
    if not point:
        return int(text)
    if not _is_digits(part):
        return text
    number = float(text)
    return int(number) if number.is_integer() else number


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _report_syntax(error: yaml.YAMLError, document: YamlDocument, found: Findings) -> None:
    """Say in the trade's words what the parser stumbled over, at the place that has to be mended."""
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    row, column = (mark.line, mark.column) if mark else (0, 0)
    lines = document._lines
    line = lines[row] if row < len(lines) else ""
    code = next((c for words, where, c in _SYNTAX if words in problem and where in context), "yaml/syntax")
    related: tuple[Span, ...] = ()
    if code == "yaml/second-colon" and ":" not in line[:column]:
        # The key before this colon ran on from the line above: no colon there, or too many blanks here.
        above = next((at for at in range(row - 1, -1, -1) if lines[at].split("#")[0].strip()), row)
        code = "yaml/indentation" if ":" in lines[above] else "yaml/missing-colon"
        row = row if code == "yaml/indentation" else above
        line = lines[row]
        column = len(line) - len(line.lstrip(" "))
    elif code in ("yaml/unclosed-quote", "yaml/unclosed-bracket", "yaml/missing-colon") and opened:
        related = (document._span(row, column),) if code != "yaml/missing-colon" else ()
        row, column = opened.line, opened.column
        line = lines[row]
    elif code == "yaml/needs-quotes" and line[column : column + 1] == "\t":
        code = "yaml/tab"
    elif code == "yaml/indentation" and line[column : column + 1] in ("]", "}"):
        code = "yaml/stray-bracket"
    found.add(
        code,
        document._span(row, column),
        related=related,
        problem=problem,
        character=line[column : column + 1],
        full_width="：" if "：" in line else "",
    )
