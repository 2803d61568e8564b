"""What `log`, `show` and `gc` promise: the revisions as people and programs see them, and nothing touched unasked."""

import errno
import json
from pathlib import Path

import pytest

from layout_engine.revisions.refused import refusing
from layout_engine.revisions.store import Store, open_store
from tests.cli.conftest import Run
from tests.revisions.conftest import keep

STORE = Path("output/2024-06-01/revisions")
ISSUE = "issues/2024-06-01"


def _open() -> Store:
    store = open_store(STORE).value
    assert store is not None
    return store


@pytest.fixture
def three(issue: Path) -> str:
    """An issue with two proofs, one of them signed, and a galley."""
    with _open() as store:
        keep(store, {"pages/01.pdf": b"%PDF one", "pages/01.txt": "头版\n".encode()}, by="王静", note="一校")
        keep(store, {"pages/01.pdf": b"%PDF two" * 1000}, by="李强", note="二校\x1b[2J")
        keep(store, {"galleys/lead.pdf": b"%PDF galley"}, kind="galley", by="王静", note="")
        store.append_event("sign", "2024-06-01T20:00:00+08:00", "孙伟", "1 终审", 2)
    return ISSUE


def _damage() -> None:
    with _open() as store:
        digest = store.revisions()[0].files[0].sha256
    path = STORE / "objects" / digest[:2] / digest[2:]
    path.chmod(0o644)
    path.write_bytes(b"%PDF onf")


def test_log_shows_who_when_and_why(run: Run, three: str) -> None:
    ran = run("log", three, "--lang", "zh")
    assert (ran.code, ran.err) == (0, "")
    first = ran.out.splitlines()[1]
    for word in ("r1", "2024-05-21 01:02", "校样", "王静", "一校"):
        assert word in first
    assert "签样 1 终审 孙伟" in ran.out.splitlines()[2]
    assert "小样" in ran.out.splitlines()[3]


def test_log_speaks_english(run: Run, three: str) -> None:
    ran = run("log", three, "--lang", "en")
    assert ran.out.split()[:4] == ["no.", "when", "kind", "who"]
    assert "signed 1 终审 孙伟" in ran.out


def test_what_a_note_holds_is_not_obeyed_by_the_terminal(run: Run, three: str) -> None:
    assert "\x1b" not in run("log", three).out + run("show", three, "r2").out


def test_log_of_an_issue_without_proofs_says_so_and_makes_nothing(run: Run, issue: Path) -> None:
    ran = run("log", str(issue))
    assert (ran.code, ran.out, ran.err) == (0, "", "There are no revisions yet.\n")
    assert not Path("output").exists()


def test_log_finds_the_store_whatever_is_wrong_with_the_pages(run: Run, three: str, page: Path) -> None:
    page.write_text("no page")
    (page.parents[3] / "house" / "paper.yaml").unlink(missing_ok=True)
    assert "r3" in run("log", three).out


def test_no_issue_no_log(run: Run) -> None:
    for words in (("log", "issues/none"), ("show", "issues/none", "r1"), ("gc", "issues/none")):
        ran = run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "spec/no-issue" in ran.err


def test_a_wrong_date_is_told(run: Run, three: str) -> None:
    file = Path(three) / "issue.yaml"
    file.write_text(file.read_text().replace("2024-06-01", "2024-06-31"))
    ran = run("log", three)
    assert ran.code == 2
    assert "spec/no-such-day" in ran.err


def test_log_as_json_holds_everything(run: Run, three: str) -> None:
    value = json.loads(run("log", three, "--json").out)
    assert [one["number"] for one in value["revisions"]] == [1, 2, 3]
    assert value["revisions"][1]["events"][0]["by"] == "孙伟"
    assert value["revisions"][0]["files"][0]["bytes"] == len(b"%PDF one")
    assert (value["checked"], value["findings"]) == (False, [])


def test_check_reads_every_content(run: Run, three: str) -> None:
    assert run("log", three, "--check").code == 0
    _damage()
    assert run("log", three).code == 0
    ran = run("log", three, "--check")
    assert ran.code == 1
    assert "store/damaged-file" in ran.err
    assert "pages/01.pdf of revision r1" in ran.err
    assert [one["code"] for one in json.loads(run("log", three, "--check", "--json").out)["findings"]] == [
        "store/damaged-file"
    ]


def test_a_lost_index_is_made_again_and_told(run: Run, three: str) -> None:
    before = run("log", three).out
    for path in STORE.glob("index.sqlite*"):
        path.unlink()
    ran = run("log", three)
    assert (ran.code, ran.out) == (0, before)
    assert "store/index-rebuilt" in ran.err


def test_show_tells_what_a_revision_is_made_of(run: Run, three: str) -> None:
    ran = run("show", three, "r1")
    assert ran.code == 0
    for word in ("王静", "一校", "pages/01.pdf", "pages/01.txt", "issue.yaml"):
        assert word in ran.out


def test_show_takes_all_files_out(run: Run, three: str) -> None:
    assert run("show", three, "r1", "--extract", "out").code == 0
    assert Path("out/pages/01.pdf").read_bytes() == b"%PDF one"
    assert Path("out/pages/01.txt").read_text() == "头版\n"


def test_show_replaces_nothing(run: Run, three: str) -> None:
    Path("out").mkdir()
    Path("out/mine").write_text("mine")
    ran = run("show", three, "r1", "--extract", "out")
    assert ran.code == 1
    assert "store/not-empty" in ran.err
    assert [path.name for path in Path("out").iterdir()] == ["mine"]


def test_show_prints_one_file_as_it_is(run: Run, three: str) -> None:
    assert run("show", three, "r1", "--file", "pages/01.txt") == (0, "头版\n", "")


def test_show_answers_a_wrong_name_with_the_right_ones(run: Run, three: str) -> None:
    ran = run("show", three, "r1", "--file", "pages/1.pdf")
    assert ran.code == 1
    assert "there are: pages/01.pdf, pages/01.txt" in ran.err


def test_show_never_prints_what_is_damaged(run: Run, three: str) -> None:
    _damage()
    ran = run("show", three, "r1", "--file", "pages/01.pdf")
    assert (ran.code, ran.out) == (1, "")
    assert "store/damaged-object" in ran.err


def test_show_of_an_unknown_revision_says_which_there_are(run: Run, three: str) -> None:
    ran = run("show", three, "r9")
    assert (ran.code, ran.out) == (1, "")
    assert "there are: r1, r2, r3" in ran.err


def test_show_before_any_proof_says_what_to_do(run: Run, issue: Path) -> None:
    ran = run("show", str(issue), "latest")
    assert ran.code == 1
    assert "layout-engine proof" in ran.err
    assert not Path("output").exists()


def test_show_as_json(run: Run, three: str) -> None:
    value = json.loads(run("show", three, "latest~2", "--extract", "out", "--json").out)
    assert value["revision"]["number"] == 1
    assert value["written"] == ["out/pages/01.pdf", "out/pages/01.txt"]
    assert json.loads(run("show", three, "r9", "--json").out)["revision"] is None


def test_gc_with_a_dry_run_touches_nothing(run: Run, three: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in STORE.rglob("*")}
    ran = run("gc", three, "--keep", "1", "--dry-run", "--lang", "zh")
    assert ran.code == 0
    assert ran.out.startswith("没有可清理的") or "会清掉" in ran.out
    assert {path: path.stat().st_mtime_ns for path in STORE.rglob("*")} == before


def test_gc_clears_old_proofs_away_and_the_log_says_who(run: Run, three: str) -> None:
    with _open() as store:
        for n in range(3):
            keep(store, {"pages/01.pdf": b"%d" % n, "pages/01.txt": b"%d" % n})
    dry = run("gc", three, "--keep", "1", "--dry-run")
    done = run("gc", three, "--keep", "1", "--by", "值班编辑")
    assert dry.out == done.out.replace("cleared away", "would go")
    assert done.out.startswith("cleared away: revisions r1, r4–r5; 7 contents, ")
    log = run("log", three)
    assert [line.split()[0] for line in log.out.splitlines()[1:4]] == ["r2", "r3", "r6"]
    assert log.out.count("值班编辑") == 3
    assert "store/removed" in run("show", three, "r1").err
    assert run("log", three, "--check").code == 0


def test_gc_as_json(run: Run, three: str) -> None:
    value = json.loads(run("gc", three, "--json").out)
    assert value == {
        "dry_run": False,
        "revisions": [],
        "kept": [1, 2, 3],
        "contents": 0,
        "bytes": 0,
        "bytes_kept": value["bytes_kept"],
        "findings": [],
    }


def test_gc_of_an_issue_without_proofs_does_nothing(run: Run, issue: Path) -> None:
    assert run("gc", str(issue)) == (0, "There is nothing to clear away.\n", "")
    assert not Path("output").exists()


def test_gc_does_not_begin_while_a_revision_cannot_be_read(run: Run, three: str) -> None:
    (STORE / "0001.json").unlink()
    (STORE / "0001.json").write_text("{}")
    for path in STORE.glob("index.sqlite*"):
        path.unlink()
    ran = run("gc", three, "--keep", "1")
    assert ran.code == 1
    assert "store/not-cleared" in ran.err


def test_another_output_folder_has_a_store_of_its_own(run: Run, three: str) -> None:
    assert "no revisions" in run("log", three, "--out", "elsewhere").err
    STORE.parent.rename("elsewhere")
    assert "r3" in run("log", three, "--out", "elsewhere").out


def test_a_refusal_of_the_disk_is_told_as_a_finding(run: Run, three: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "revisions", _refuse)
    ran = run("log", three)
    assert (ran.code, ran.out) == (1, "")
    assert "store/disk-full" in ran.err


def _refuse(_: Store) -> None:
    with refusing(STORE):
        raise OSError(errno.ENOSPC, "no space")
