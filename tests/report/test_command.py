"""`diff --html --pdf`: reports of whatever versions can be compared, each with its pages."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from layout_engine.cli.main import main
from layout_engine.editions.open_edition import open_edition
from tests.kit.reference import FONTS, ISSUES, REFERENCE
from tests.report.test_html import facts_in


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the issues, a proof of one in the store and as a file, and a comma that came in since."""
    root = tmp_path_factory.mktemp("desk")
    shutil.copytree(ISSUES, root / "issues")
    issue = root / "issues" / REFERENCE
    assert main(["proof", str(issue), "--fonts", str(FONTS), "--out", str(root / "out"), "--lang", "en"]) == 0
    lead = issue / "articles/lead.md"
    lead.write_text(lead.read_text(encoding="utf-8").replace("昨日上午，", "昨日，上午，"), encoding="utf-8")
    return root


def proof_of(desk: Path) -> Path:
    return next((desk / "out").rglob("*.pdf"))


def test_a_proof_that_came_by_mail_is_shown_beside_the_folder(desk: Path, tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    issue = desk / "issues" / REFERENCE
    asked = ["diff", str(proof_of(desk)), str(issue), "--fonts", str(FONTS), "--html", str(html), "--lang", "en"]
    assert main(asked) == 1
    facts = facts_in(html.read_bytes())
    pages, changes = facts["pages"], facts["changes"]
    assert isinstance(pages, list)
    assert isinstance(changes, list)
    assert [(one["old"]["picture"], one["new"]["picture"]) for one in pages] == [(0, 1)]
    assert next(one["kind"] for one in changes) == 0
    assert b'lang="en"' in html.read_bytes()


def test_the_same_can_be_printed(desk: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "out/report.pdf"
    asked = ["diff", str(proof_of(desk)), str(desk / "issues" / REFERENCE), "--fonts", str(FONTS), "--pdf", str(pdf)]
    assert main(asked) == 1
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
    finally:
        document.close()


def test_each_kind_of_version_brings_its_pages_only_where_they_are_shown(desk: Path) -> None:
    store = next(desk.rglob("revisions"))
    for reference in (str(desk / "issues" / REFERENCE), f"{store}#1", str(proof_of(desk))):
        seen, unseen = (open_edition(reference, FONTS, showing=showing).value for showing in (True, False))
        assert seen is not None
        assert unseen is not None
        assert list(seen.leaves) == [1]
        assert unseen.leaves == {}
