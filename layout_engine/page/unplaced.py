"""Copy that no region took (未上版的文字): a deck without a style, a kicker that the spec forgot."""

from collections.abc import Collection

import msgspec

from layout_engine.base.diagnostics import Diagnostic, diagnose
from layout_engine.content.model import Copy
from layout_engine.page.model import Account

_SHOWN = 20  # characters of the text in a finding


class Unplaced(msgspec.Struct, frozen=True):
    """The accounts of the parts that are on no page, and a finding for each."""

    accounts: tuple[Account, ...]
    diagnostics: tuple[Diagnostic, ...]


def unplaced_parts(copy: Copy, stories: Collection[str], placed: Collection[str]) -> Unplaced:
    """The parts of the given stories whose keys are not among `placed`. Stories on no page are the gate's affair."""
    accounts: list[Account] = []
    found: list[Diagnostic] = []
    for story in (one for name, one in copy.stories.items() if name in stories):
        for part in story.parts:
            if part.key not in placed:
                accounts.append(Account(part, story.id, ((0, len(part.text)),) if part.text else ()))
                span, shown = part.copy.span(0), part.text[:_SHOWN]
                found.append(diagnose("page/part-not-placed", span, story=story.id, part=part.kind, text=shown))
    return Unplaced(tuple(accounts), tuple(found))
