"""版本来源: folders, kept revisions, commits and PDFs give the same edition; what gives none says why."""

import shutil
import subprocess
from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Outcome
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Comparison, Edition
from layout_engine.editions.open_edition import open_edition, open_editions, take_apart
from layout_engine.pipeline import build
from layout_engine.places import Places
from layout_engine.proof.stamp import Stamp
from layout_engine.proofing import make_proofs
from layout_engine.revisions.model import NewRevision
from layout_engine.revisions.store import open_store
from layout_engine.scene.record import content_hash, encode_record
from tests.diff.kit import edition
from tests.kit.reference import FONTS, ISSUES, REFERENCE


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue in git, a proof and a final of it, and one kept revision."""
    home = tmp_path_factory.mktemp("desk")
    shutil.copytree(ISSUES / "house", home / "issues" / "house")
    shutil.copytree(ISSUES / REFERENCE, home / "issues" / REFERENCE)
    issue = home / "issues" / REFERENCE
    (home / "fonts").symlink_to(FONTS)
    for words in (("init", "-q"), ("add", "issues"), ("commit", "-qm", "first")):
        subprocess.run(("git", "-c", "user.name=t", "-c", "user.email=t@t", *words), cwd=home, check=True)
    make_proofs(issue, Places(FONTS, home / "proof", False, home / "cache"), lambda _: Stamp("大样"))
    build(issue, Places(FONTS, home / "final", False, home / "cache"))
    with open_store(home / "output" / REFERENCE / "revisions").value as store:  # type: ignore[union-attr]
        (record,) = edition().pages
        kept = store.put_as("pages/01.json", encode_record(record))
        store.record(lambda _: NewRevision("proof", "", "", "", content_hash(record), {}, (kept,)))
    lead = issue / "articles" / "lead.md"
    lead.write_text(lead.read_text().replace("韩世军指出，", "韩世军指出"))
    return home


def opened(reference: str) -> Edition:
    outcome = open_edition(reference, FONTS)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def codes(outcome: Outcome[Edition]) -> list[str]:
    assert outcome.value is None
    return [one.code for one in outcome.diagnostics]


def texts(comparison: Comparison) -> list[tuple[str, str]]:
    return [(one.op, one.side.text) for one in comparison.changes if one.kind != "reflow"]


@pytest.mark.parametrize("old", ["issues/{}@HEAD", "issues/{}#1", "issues/{}#latest", "proof", "output/{}/revisions#1"])
def test_every_kind_of_version_gives_the_same_edition(old: str, desk: Path) -> None:
    before = opened(f"{desk}/{old.format(REFERENCE)}")
    assert compare(before, edition()).changes == ()
    assert texts(compare(before, opened(f"{desk}/issues/{REFERENCE}"))) == [("delete", "，")]


def test_a_record_by_itself_is_an_edition(tmp_path: Path) -> None:
    (tmp_path / "01.json").write_bytes(encode_record(edition().pages[0]))
    assert compare(opened(f"{tmp_path}/01.json"), edition()).changes == ()


def test_a_final_is_compared_by_its_words_and_says_so(desk: Path) -> None:
    final = open_edition(f"{desk}/final")
    assert final.value is not None
    assert [(one.code, one.severity) for one in final.diagnostics] == [("diff/words-only", "info")]
    assert compare(final.value, edition()).changes == ()
    assert compare(opened(f"{desk}/proof"), final.value).changes == ()
    assert texts(compare(final.value, opened(f"{desk}/issues/{REFERENCE}"))) == [("delete", "，")]


def test_a_version_without_its_issue_is_of_the_other_ones(desk: Path) -> None:
    old, new = open_editions("@HEAD", f"{desk}/issues/{REFERENCE}", FONTS)
    assert old.value is not None
    assert new.value is not None
    assert old.value.label.endswith(f"{REFERENCE}@HEAD")


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("nothing-here", "diff/no-such-version"),
        ("nothing\0here", "diff/no-such-version"),
        ("#3", "diff/of-what"),
        ("{issue}#9", "store/no-revision"),
        ("{issues}/2024-05-23#1", "diff/no-store"),
        ("{issue}@nowhere", "diff/git"),
        ("{issue}@--help", "diff/git"),
        ("{issue}@", "diff/git"),
        ("{issues}/2024-05-23@HEAD", "diff/not-in-commit"),
        ("{issue}/articles/lead.md", "record/not-a-pdf"),
        ("{issue}/articles", "diff/no-such-version"),
        ("{home}/bad.json", "record/unreadable"),
        ("{issue}/photos/sewing.jpg", "record/not-a-pdf"),
    ],
)
def test_what_cannot_be_opened_says_why(reference: str, code: str, desk: Path) -> None:
    (desk / "bad.json").write_text("{}")
    written = reference.format(home=desk, issues=desk / "issues", issue=desk / "issues" / REFERENCE)
    assert codes(open_edition(written, FONTS)) == [code]


def test_a_path_that_is_there_is_a_path_whatever_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "a#3@b"
    odd.mkdir()
    assert take_apart(str(odd)).sign == ""
    assert take_apart(f"{odd}@HEAD").version == "HEAD"


def test_a_damaged_record_in_a_proof_is_not_used(desk: Path, tmp_path: Path) -> None:
    (proof,) = (desk / "proof").glob("*.pdf")
    data = proof.read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: len(data) // 2])
    cut = open_edition(f"{tmp_path}/cut.pdf")
    assert cut.value is None or cut.value.words_only


def test_a_final_with_vertical_headlines_reads_as_its_issue(tmp_path: Path) -> None:
    name = "2024-05-22"
    build(ISSUES / name, Places(FONTS, tmp_path, False, None))
    assert compare(opened(str(tmp_path)), edition(name)).changes == ()
