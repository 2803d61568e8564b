"""A rule and its planted fault (正反两测): every sample file keeps it, and a file that breaks it is noticed.

    @clause("PR-08", fault=adding(Root={"/OCProperties": {}}))
    def test_pr08_there_are_no_layers(file: Written) -> None: ...

makes two tests of one: `[holds]`, over all sample pages in both profiles, and `[a fault is noticed]`.
"""

import struct
from collections.abc import Callable
from functools import wraps
from io import BytesIO

import msgspec
import pikepdf
import pytest
from fontTools.ttLib import TTLibError

from tests.pdfx.samples import Written, samples, saved, to_spoil

# How a check says that something is wrong: by itself, or because what it looks for is not there or cannot be read.
_NOTICED = (AssertionError, ValueError, KeyError, AttributeError, struct.error, pikepdf.PdfError, TTLibError)

Check = Callable[[Written], None]
Fault = Callable[[pikepdf.Pdf], None]
Damage = Callable[[bytes], bytes]


class Clause(msgspec.Struct, frozen=True):
    """What a test promises (its attribute `promise`): the rules that it measures, how, and what is planted."""

    numbers: tuple[str, ...]
    check: Check
    fault: Fault | None = None
    damage: Damage | None = None


def clause(*numbers: str, fault: Fault | None = None, damage: Damage | None = None) -> Callable[[Check], Check]:
    """The check on every sample, and on one that was spoilt: an object of it by `fault`, or its bytes by `damage`."""

    def decorate(check: Check) -> Check:
        @wraps(check)
        def test(control: bool) -> None:
            if not control:
                for file in samples():
                    check(file)
                return
            sound = to_spoil()
            if damage is not None:
                spoilt = Written(sound.profile, sound.name, damage(sound.data))
                assert spoilt.data != sound.data
            else:
                assert fault is not None
                with pikepdf.open(BytesIO(sound.data)) as pdf:
                    check(saved(pdf, sound))  # what saving alone does is not what is noticed
                    fault(pdf)
                    spoilt = saved(pdf, sound)
            with pytest.raises(_NOTICED):
                check(spoilt)

        del test.__wrapped__  # pytest would ask the check for its arguments
        test.promise = Clause(numbers, check, fault, damage)  # type: ignore[attr-defined]
        sides = [pytest.param(False, id="holds"), pytest.param(True, id="a fault is noticed")]
        marked: Check = pytest.mark.parametrize("control", sides)(test)
        return marked

    return decorate
