"""From the words of a command line to a command's options (解析命令行), with faults told like any other finding."""

from argparse import SUPPRESS, ArgumentParser, HelpFormatter
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, NoReturn, TypeVar, get_type_hints

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang, Outcome, diagnose
from layout_engine.base.nearest import nearest
from layout_engine.cli.options import Shared, Told

CommandOptions = TypeVar("CommandOptions", bound=Shared)

Values = Literal["whole", "may be missing"]

_LEFT_OUT: Final = "\0"  # what a value reads as where the line ends before it
_HELP: Final = ("-h", "--help")


class _RefusedError(Exception):
    """argparse cannot take the line apart; its message says why."""


class _Formatter(HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "")


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _RefusedError(message)


def asks_for_help(arguments: Sequence[str]) -> bool:
    """Whether help is wanted; after `--` everything is a name."""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return any(one in before for one in _HELP)


def help_text(command: str, summary: str, options: type[Shared], lang: Lang) -> str:
    """The help of one command."""
    return _parser(command, summary, options, lang, values="whole").format_help()


def parse(command: str, options: type[CommandOptions], arguments: Sequence[str]) -> Outcome[CommandOptions]:
    """The options that `arguments` give to `command`; None with every fault told where they make no sense."""
    told = _told(options)
    try:
        parser = _parser(command, "", options, "en", values="may be missing")
        namespace, rest = parser.parse_known_args(list(arguments))
    except _RefusedError as refused:
        return Outcome(None, (diagnose("cli/usage", None, command=command, reason=refused),))
    written = {name: value for name, value in vars(namespace).items() if name in told}
    found = [_left_over(command, word, told) for word in rest]
    found += [
        diagnose("cli/missing-argument", None, command=command, argument=told[name].value)
        for name in _required(options)
        if name not in written
    ]
    for name, value in written.items():
        found += _check_value(options, name, value, told[name])
    if found:
        return Outcome(None, tuple(found))
    return Outcome(msgspec.convert(written, options, strict=False))


def _parser(command: str, summary: str, options: type[Shared], lang: Lang, values: Values) -> _Parser:
    """The parser of a command. To take a line apart, values may be missing: they are asked for in our own words."""
    zh = lang == "zh"
    nargs = "?" if values == "may be missing" else None
    const = _LEFT_OUT if nargs else None
    parser = _Parser(
        prog=f"layout-engine {command}",
        usage=f"{'用法：' if zh else 'usage: '}layout-engine {command} {_usage(options)}",
        description=summary,
        formatter_class=_Formatter,
        allow_abbrev=False,
        add_help=False,
    )
    names = parser.add_argument_group("参数" if zh else "arguments")
    switches = parser.add_argument_group("选项" if zh else "options")
    for name, told in _told(options).items():
        text = (told.zh if zh else told.en).replace("%", "%%")
        if told.positional:
            names.add_argument(name, nargs="?", metavar=told.value, help=text, default=SUPPRESS)
        elif told.value:
            flag = _flag(name, told, options)
            switches.add_argument(
                flag, dest=name, nargs=nargs, const=const, metavar=told.value, help=text, default=SUPPRESS
            )
        else:
            action = "store_false" if _default(options, name) is True else "store_true"
            switches.add_argument(_flag(name, told, options), dest=name, action=action, help=text, default=SUPPRESS)
    switches.add_argument(*_HELP, action="store_true", help="显示本页" if zh else "show this page", default=SUPPRESS)
    return parser


def _usage(options: type[Shared]) -> str:
    parts = []
    for name, told in _told(options).items():
        flag = _flag(name, told, options)
        text = told.value if told.positional else f"{flag} {told.value}".rstrip()
        parts.append(text if name in _required(options) else f"[{text}]")
    return " ".join(parts)


def _check_value(options: type[Shared], name: str, value: object, told: Told) -> list[Diagnostic]:
    """The fault of one value, if it has one: left out, or not of its type."""
    argument = told.value if told.positional else _flag(name, told, options)
    zh, en = told.expects
    if value in (_LEFT_OUT, ""):
        return [diagnose("cli/no-value", None, argument=argument, expects_zh=zh, expects_en=en)]
    try:
        msgspec.convert(value, get_type_hints(options, include_extras=True)[name], strict=False)
    except msgspec.ValidationError:
        shown = str(value)[:40]
        return [diagnose("cli/bad-value", None, argument=argument, value=shown, expects_zh=zh, expects_en=en)]
    return []


def _left_over(command: str, word: str, told: dict[str, Told]) -> Diagnostic:
    if not word.startswith("-"):
        return diagnose("cli/unexpected-argument", None, command=command, argument=word[:40])
    known = [f"--{name.replace('_', '-')}" for name, one in told.items() if not one.positional]
    option = word.partition("=")[0][:40]
    return diagnose(
        "cli/unknown-option",
        None,
        command=command,
        option=option,
        nearest=nearest(option, known),
        known=", ".join(known),
    )


def _told(options: type[Shared]) -> dict[str, Told]:
    """How each option of a command is told, the shared ones last."""
    hints = get_type_hints(options, include_extras=True)
    shared = Shared.__struct_fields__
    fields = [*(name for name in options.__struct_fields__ if name not in shared), *shared]
    return {name: next(one for one in hints[name].__metadata__ if isinstance(one, Told)) for name in fields}


def _required(options: type[Shared]) -> list[str]:
    return [one.name for one in msgspec.structs.fields(options) if one.required]


def _default(options: type[Shared], name: str) -> object:
    return next(one.default for one in msgspec.structs.fields(options) if one.name == name)


def _flag(name: str, told: Told, options: type[Shared]) -> str:
    """`--page` for `page`; a switch that is on by itself is turned off with `--no-caching`."""
    switched_off = not told.value and _default(options, name) is True
    return f"--{'no-' if switched_off else ''}{name.replace('_', '-')}"
