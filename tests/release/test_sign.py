"""`layout-engine sign`: what was seen is signed, and whatever changed since is named in words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from layout_engine.cli.main import main
from layout_engine.release.keys import make_key

DATE = "2024-06-01"
Run = Callable[..., tuple[int, str, str]]
ROLES = ("初审", "复审", "终审")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def _run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "--lang", "zh"])
        said = capsys.readouterr()
        return code, said.out, said.err

    assert _run("new", f"issues/{DATE}")[0] == 0
    return _run


@pytest.fixture
def issue() -> str:
    return f"issues/{DATE}"


def edit(name: str, old: str, new: str) -> None:
    path = Path(f"issues/{DATE}") / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def sign(run: Run, issue: str, role: str, by: str = "王静", *more: str) -> tuple[int, str, str]:
    return run("sign", issue, "--page", "1", "--role", role, "--by", by, *more)


def states(run: Run, issue: str) -> list[str]:
    return [one["state"] for one in json.loads(run("sign", issue, "--json")[1])["roles"]]


def test_nothing_can_be_signed_before_there_is_a_proof(run: Run, issue: str) -> None:
    code, _, err = sign(run, issue, "初审")
    assert code == 1
    assert "sign/no-proof" in err


def test_all_three_reviews_sign_in_order(run: Run, issue: str) -> None:
    run("proof", issue, "--dpi", "36")
    assert "sign/out-of-order" in sign(run, issue, "终审")[2]
    for role in ROLES:
        code, out, err = sign(run, issue, role)
        assert (code, "已签（只留名）" in out) == (0, True), err
        assert "sign/name-alone" in err
    code, _, err = run("sign", issue)
    assert code == 0
    assert states(run, issue) == ["unsigned"] * 3


def test_a_change_makes_signatures_stale_and_is_named_in_words(run: Run, issue: str) -> None:
    text = Path(f"{issue}/articles/lead.md").read_text(encoding="utf-8")
    body = text.rstrip().splitlines()[-1]
    assert "，" in body
    run("proof", issue, "--dpi", "36")
    for role in ROLES:
        sign(run, issue, role)
    edit("articles/lead.md", body, body[::-1].replace("，", "", 1)[::-1])
    code, _, err = run("sign", issue)
    assert code == 1
    stale = [line for line in err.splitlines() if "sign/stale" in line]
    assert len(stale) == 3
    assert all("删去逗号" in line and "头条" in line for line in stale)
    assert states(run, issue) == ["stale"] * 3


def test_a_comment_in_the_spec_voids_nothing(run: Run, issue: str) -> None:
    run("proof", issue, "--dpi", "36")
    sign(run, issue, "初审")
    page = Path(f"{issue}/pages/01.yaml")
    page.write_text("# 改版说明：版式照旧\n\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    assert states(run, issue) == ["unsigned", "missing", "missing"]


def test_what_changed_since_the_proof_is_not_signed_unseen(run: Run, issue: str) -> None:
    run("proof", issue, "--dpi", "36")
    body = Path(f"{issue}/articles/lead.md").read_text(encoding="utf-8").rstrip().splitlines()[-1]
    edit("articles/lead.md", body, "新" + body)
    code, _, err = sign(run, issue, "初审")
    assert code == 1
    assert "sign/not-what-was-seen" in err
    assert "加上“新" in err
    run("proof", issue, "--dpi", "36")
    assert sign(run, issue, "初审")[0] == 0
    assert "sign/not-what-was-seen" in sign(run, issue, "初审", "王静", "--revision", "1")[2]


def test_a_house_with_keys_takes_no_names_alone(run: Run, issue: str, tmp_path: Path) -> None:
    key = make_key(tmp_path / "wang.key").value
    assert key is not None
    house = next(Path("issues/house").glob("*.yaml"))
    with house.open("a", encoding="utf-8") as stream:
        stream.write(f"\nsignoff:\n  roles: {{责编: [王静], 总编: []}}\n  keys: {{王静: '{key.public}'}}\n")
    run("proof", issue, "--dpi", "36")
    assert "sign/key-wanted" in sign(run, issue, "责编")[2]
    code, out, err = sign(run, issue, "责编", "王静", "--key", str(tmp_path / "wang.key"))
    assert (code, err.splitlines()[-1]) == (0, "没有问题")
    assert "已签" in out
    assert states(run, issue) == ["valid", "missing"]


@pytest.mark.parametrize("by", [" ", "\x1b[2J", "王\u202e静", "\udcff", "王" * 501])
def test_a_signer_has_a_name_that_can_be_read(by: str, run: Run, issue: str) -> None:
    code, _, err = run("sign", issue, "--page", "1", "--role", "初审", "--by", by)
    assert (code, "cli/bad-value" in err) == (2, True), err


def test_a_revision_that_is_no_proof_of_the_page_cannot_be_signed(run: Run, issue: str) -> None:
    run("proof", issue, "--dpi", "36")
    run("proof", issue, "--dpi", "36", "--galley", "lead")
    for number, told in (("9", "store/no-revision"), ("2", "store/not-a-proof")):
        code, _, err = sign(run, issue, "初审", "王静", "--revision", number)
        assert (code, told in err) == (1, True), err
        code, _, err = run("proof", issue, "--dpi", "36", "--against", number)
        assert (code, told in err) == (2, True), err


@pytest.mark.parametrize("more", [(), ("--page", "1"), ("--by", "王静")])
def test_half_a_signature_is_misuse(more: tuple[str, ...], run: Run, issue: str) -> None:
    code, out, err = run("sign", issue, "--role", "终审", *more)
    assert (code, out) == (2, "")
    assert "cli/missing-option" in err


def test_a_damaged_store_is_told_once_and_takes_no_signature(run: Run, issue: str) -> None:
    run("proof", issue, "--dpi", "36")
    for one in Path(f"output/{DATE}/revisions/objects").rglob("*"):
        if one.is_file():
            one.write_bytes(one.read_bytes()[:-1])
    code, _, err = sign(run, issue, "初审")
    assert code == 1
    told = [line for line in err.splitlines() if "store/damaged-object" in line]
    assert told
    assert len(told) == len(set(told))
    code, _, err = run("diff", f"{issue}#1", issue)
    assert code == 2
    assert "store/damaged-object" in err
    assert "diff/no-pages" not in err
