"""The faults that the clause table plants are found by the preflight too, and its samples pass (PR-01 to PR-86).

Both were written apart, with an interpreter each: what one of them overlooks the other is likely to see.
"""

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from layout_engine.pdf.profile import find_profile
from layout_engine.preflight.findings import Finding
from layout_engine.preflight.inspect_file import preflight
from tests.pdfx.clause import Clause
from tests.pdfx.samples import PROFILES, Written, samples, saved, to_spoil

# What the clause table asks of our own files alone, or what is no fault by itself.
OURS_ALONE = {
    "test_pr07": "an empty list of annotations is no annotation",
    "test_pr12_the_xmp_packet_is_whole": "X-1a does not ask for XMP",
    "test_pr25": "on the page itself a black square is a black square",
    "test_pr45": "a state that nothing is painted in harms nothing",
    "test_pr46": "an ink for all plates that nothing is painted in is no ink on the page",
    "test_pr62_vertical_fonts": "where DW2 is left out its default holds",
    "test_pr64": "other files may number their characters as Adobe-GB1 does",
}
# A fault of two rules is told under one of them.
SAME = {"PR-40": {"PR-41"}, "PR-69": {"PR-64"}, "PR-82": {"PR-51"}}


def _promises() -> Iterator[tuple[str, Clause]]:
    for file in sorted((Path(__file__).parents[1] / "pdfx").glob("test_*.py")):
        module = import_module(f"tests.pdfx.{file.stem}")
        for name, test in vars(module).items():
            promise = getattr(test, "promise", None)
            if isinstance(promise, Clause) and (promise.fault or promise.damage):
                yield name, promise


PROMISES = dict(_promises())


def findings(file: Written) -> tuple[Finding, ...]:
    profile = find_profile(file.profile).value
    assert profile is not None
    report = preflight(file.data, profile).value
    assert report is not None
    return report.findings


def spoilt(promise: Clause) -> Written:
    sound = to_spoil()
    if promise.damage is not None:
        return Written(sound.profile, sound.name, promise.damage(sound.data))
    assert promise.fault is not None
    with pikepdf.open(BytesIO(sound.data)) as pdf:
        promise.fault(pdf)
        return saved(pdf, sound)


@pytest.mark.parametrize("name", [name for name in PROMISES if not name.startswith(tuple(OURS_ALONE))])
def test_a_fault_of_the_clause_table_is_found(name: str) -> None:
    promise = PROMISES[name]
    before = {(one.rule, one.diagnostic.code, one.diagnostic.values) for one in findings(to_spoil())}
    told = {(one.rule, one.diagnostic.code, one.diagnostic.values) for one in findings(spoilt(promise))} - before
    wanted = set(promise.numbers).union(*(SAME.get(one, ()) for one in promise.numbers))
    assert {rule for rule, _, _ in told} & wanted, told


@pytest.mark.parametrize("profile", PROFILES)
def test_every_page_of_the_samples_has_no_finding_at_all(profile: str) -> None:
    told = {
        file.name: [one.diagnostic.message("en") for one in findings(file)]
        for file in samples()
        if file.profile == profile
    }
    assert {name: found for name, found in told.items() if found} == {}
    assert told
