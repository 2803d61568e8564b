"""What house and issue say of the guards, with the place of each word (把关的开关); the issue's word comes last."""

from msgspec import UNSET

from layout_engine.base.diagnostics import Severity
from layout_engine.base.yaml_nodes import YamlDocument
from layout_engine.spec.model import House, Issue
from layout_engine.spec.model_guards import ChecksSpec, WordList
from layout_engine.spec.resolved import Guarding, OutsideCommand, Switch, WordRule


def resolve_guarding(house: House, house_file: YamlDocument, issue: Issue, issue_file: YamlDocument) -> Guarding:
    """Switches of the house, then of the issue; the issue's command takes the place of the house's."""
    switches = (*_switches(house.checks, house_file), *_switches(issue.checks, issue_file))
    command = _command(issue.checks, issue_file) or _command(house.checks, house_file)
    words = house.words
    rules = (
        *_rules("must", words.must, house_file),
        *_rules("must_not", words.must_not, house_file),
        *_rules("prefer", words.prefer, house_file),
    )
    return Guarding(switches, rules, command)


def _switches(checks: ChecksSpec, file: YamlDocument) -> tuple[Switch, ...]:
    found = []
    for name, one in checks.guards.items():
        severity: Severity | None = None if one.severity is UNSET else one.severity
        found.append(Switch(name, one.off, severity, one.reason.strip(), file.key_span(("checks", "guards", name))))
    return tuple(found)


def _command(checks: ChecksSpec, file: YamlDocument) -> OutsideCommand | None:
    if not checks.command:
        return None
    return OutsideCommand(checks.command, checks.seconds, file.key_span(("checks", "command")))


def _rules(kind: str, lists: tuple[WordList, ...], file: YamlDocument) -> tuple[WordRule, ...]:
    return tuple(
        WordRule(
            kind,
            one.word,
            one.use,
            one.when,
            one.except_,
            words.reason,
            file.span(("words", kind, at, "words", number, "word")),
        )
        for at, words in enumerate(lists)
        for number, one in enumerate(words.words)
    )
