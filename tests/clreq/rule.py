"""A rule and its control (正反两测): what is measured must hold, and must fail once the rule is switched off.

    @rule("TY-15", off=patched("layout_engine.typography.spacing._set_cells", nothing))
    def test_ty15_interpunct_takes_half_an_em(press: Press) -> None: ...

makes two tests of one: `[holds]` and `[off is noticed]`.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

import msgspec
import pytest

from tests.clreq.press import Press


class Switch(msgspec.Struct, frozen=True):
    """How a rule is switched off: by options of the style, by taking the one thing away that carries it out, or, where
    the rule is that nothing is done to the copy, by changing the copy: (what stands there, what comes instead).
    """

    style: Mapping[str, Any] = {}
    patches: tuple[tuple[str, Any], ...] = ()
    copy: tuple[tuple[str, str], ...] = ()

    def __or__(self, other: "Switch") -> "Switch":
        return Switch({**self.style, **other.style}, (*self.patches, *other.patches), (*self.copy, *other.copy))

    @contextmanager
    def thrown(self) -> Iterator[Press]:
        """A press with the rule off."""
        with ExitStack() as stack:
            for target, value in self.patches:
                stack.enter_context(patch(target, value))
            yield Press(self.style, self.copy, switched=True)


def styled(**changes: Any) -> Switch:
    """Off by the style."""
    return Switch(style=changes)


def patched(target: str, value: Any) -> Switch:
    """Off by another value in place of `module.name` or `module.Class.name`, which must exist."""
    return Switch(patches=((target, value),))


def nothing(*_: Any, **__: Any) -> None:
    """In place of a step that then does nothing."""


class Rule(msgspec.Struct, frozen=True):
    """What a test promises (its attribute `promise`): the rules that it measures, and why it does not hold yet."""

    numbers: tuple[str, ...]
    find: str = ""


def rule(
    *numbers: str, off: Switch, find: str = "", pending: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The measurement with the rule on, and with it `off`.

    `find` is why the first does not hold, `pending` what is being built: neither may be called done in the table.
    """

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        @wraps(check)
        def test(**given: Any) -> None:
            control = given.pop("control")
            if not control:
                check(Press(), **given)
                return
            with off.thrown() as press, pytest.raises(AssertionError):
                check(press, **given)

        wanted = list(inspect.signature(check).parameters.values())[1:]
        control = inspect.Parameter("control", inspect.Parameter.KEYWORD_ONLY)
        test.__signature__ = inspect.Signature([*wanted, control])  # type: ignore[attr-defined]
        test.promise = Rule(numbers, find or pending)  # type: ignore[attr-defined]
        marks = [pytest.mark.xfail(reason=find or pending, strict=bool(find))] if find or pending else []
        noticed = [pytest.mark.skip(reason=pending)] if pending else []
        sides = [pytest.param(False, id="holds", marks=marks), pytest.param(True, id="off is noticed", marks=noticed)]
        return pytest.mark.parametrize("control", sides)(test)

    return decorate
