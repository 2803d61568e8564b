"""The gate after input: every fault is told, and each once."""

import pytest

from tests.pipeline.conftest import Paper


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xfe", "copy/not-utf8"), (b"---\n\xff", "copy/not-utf8"), (b"0" * 5_000_000, "copy/too-large")],
)
def test_an_article_that_cannot_be_read_is_not_missing_too(paper: Paper, data: bytes, code: str) -> None:
    (paper.issue / "articles/lead.md").write_bytes(data)
    assert [one.code for one in paper.build_cold().diagnostics] == [code]
