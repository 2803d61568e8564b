"""`layout-engine remarks`: every remark with file, line, column, paragraph and what was said."""

import json
from pathlib import Path

import pytest

from layout_engine.cli.main import main
from tests.kit.reference import REFERENCE
from tests.remarks.marked import annotated, annotation, by_line, proof


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    of = proof(REFERENCE, 1)
    at = next(i for i, one in enumerate(of.letters) if one.key == "lead/body-2")
    mark = annotation("StrikeOut", by_line(of.letters[at : at + 3], tight=False), "名字\n请核", "王静")
    path = tmp_path / "proof.pdf"
    path.write_bytes(annotated(of.data, [mark]))
    return path


def test_a_remark_is_shown_at_its_place_with_what_was_said(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remarks", str(marked), "--issue", "issues/2024-05-21", "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert "issues/2024-05-21/articles/lead.md:11:1: 删除线 lead 第2段 …【韩世军】在讲话时强调，全…" in shown.out
    assert "    1. 王静：名字 请核" in shown.out
    assert "1 条批注" in shown.err


def test_the_same_for_programs(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remarks", str(marked), "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    (remark,) = value["remarks"]
    (passage,) = remark["passages"]
    assert (value["date"], value["page"]) == ("2024-05-21", 1)
    assert (remark["kind"], remark["by"], remark["says"]) == ("strike-out", "王静", "名字\n请核")
    assert (passage["file"], passage["paragraph"], passage["start"], passage["end"], passage["text"]) == (
        "articles/lead.md", 2, 1, 4, "韩世军",
    )  # fmt: skip


@pytest.mark.parametrize("content", [None, b"no pdf"])
def test_what_is_no_proof_is_misuse_and_told(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)
    assert main(["remarks", str(path)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 2
