"""Laws of all guards: no copy is too odd for them, and every finding stands inside the copy."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout_engine.content.model import Copy
from layout_engine.guards.built_in import BUILT_IN_GUARDS
from layout_engine.guards.guard import Sheet
from layout_engine.guards.run import run_guards
from layout_engine.spec.resolved import IssueSpec
from tests.guards.kit import spec_of, story

_TEXT = st.text(
    "张伟明王宝善出席主持讲话的了我们一二三十百万亿成〇0123456789.%，。、：；！？“”《》……等×TK图为 \n", max_size=60
)


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> IssueSpec:
    folder: Path = tmp_path_factory.mktemp("laws")
    return spec_of(folder)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(headline=_TEXT, note=_TEXT, body=st.lists(_TEXT, max_size=4))
def test_no_copy_is_too_odd(spec: IssueSpec, headline: str, note: str, body: list[str]) -> None:
    lead = story("lead", *body, headline=headline, note=note)
    found = run_guards(Sheet(spec, Copy({"lead": lead}, {}, {})), BUILT_IN_GUARDS)
    for one in found:
        assert one.span is not None
        assert one.message("zh")
        assert one.message("en")
        if one.span.file == lead.file:
            part = lead.parts[one.span.line - 1]
            assert 1 <= one.span.column <= len(part.text) + 1
    assert found == run_guards(Sheet(spec, Copy({"lead": lead}, {}, {})), BUILT_IN_GUARDS)
