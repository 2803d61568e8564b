"""付印出岔子: killed half-way, edited by hand, two at once: the printer is never served a mixture."""

import json
from pathlib import Path
from typing import Any

import pytest

from layout_engine.release import desk, earlier
from layout_engine.release.keys import make_key
from layout_engine.revisions.store import open_store
from tests.release.test_release import FOLDER, MANIFEST, codes, correct, files, last_line, proofed_and_signed, released
from tests.release.test_sign import DATE, ROLES, Run, edit, issue, run, sign

__all__ = ["issue", "run"]  # fixtures

PAGE_1 = "paper-20240601-01.pdf"
REPLACING = ("--replaces", "1", "--reason", "更正姓名", "--by", "孙伟")


class KilledError(BaseException):
    """As if the process had been killed."""


def events() -> list[str]:
    opened = open_store(Path(f"output/{DATE}/revisions")).value
    assert opened is not None
    with opened as store:
        return [one.kind for one in store.events() if one.kind != "sign"]


def second_page(run: Run, issue: str) -> None:
    edit("issue.yaml", "pages: [pages/01.yaml]", "pages: [pages/01.yaml, pages/02.yaml]")
    page = Path(f"{issue}/pages/01.yaml").read_text(encoding="utf-8")
    page = page.replace("page: 1", "page: 2").replace("story: lead", "story: other")
    page = page[: page.index("  - id: second")]
    Path(f"{issue}/pages/02.yaml").write_text(page, encoding="utf-8")
    text = Path(f"{issue}/articles/second.md").read_text(encoding="utf-8")
    Path(f"{issue}/articles/other.md").write_text(text, encoding="utf-8")


def all_signed(run: Run, issue: str, pages: int) -> None:
    run("proof", issue, "--dpi", "36")
    for page in range(1, pages + 1):
        for role in ROLES:
            assert run("sign", issue, "--page", str(page), "--role", role, "--by", "王静")[0] == 0


@pytest.mark.parametrize("writes", [0, 1])
def test_a_release_killed_before_its_files_were_written_is_finished_by_the_next(
    writes: int, run: Run, issue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proofed_and_signed(run, issue)
    with monkeypatch.context() as patched, pytest.raises(KilledError):  # noqa: PT012
        kill_after(writes, patched)
        run("release", issue)
    code, _, err = run("release", issue)
    assert code == 0, err
    assert "release/put-back" in err
    assert sorted(files()) == ["manifest.json", PAGE_1]
    assert run("verify", str(MANIFEST))[0] == 0
    assert events() == ["release"]


def kill_after(writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Path] = []

    def killed(path: Path, data: bytes) -> None:
        if len(done) == writes:
            raise KilledError
        done.append(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    monkeypatch.setattr(earlier, "write_atomically", killed)


def test_a_replacement_killed_between_page_and_manifest_is_finished_and_kept_once(
    run: Run, issue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(run, issue)
    correct(run, issue)
    with monkeypatch.context() as patched, pytest.raises(KilledError):  # noqa: PT012
        kill_after(1, patched)
        run("release", issue, *REPLACING)
    assert run("verify", str(MANIFEST))[0] == 1
    assert run("release", issue, *REPLACING)[0] == 0
    assert run("verify", str(MANIFEST))[0] == 0
    (replaced,) = json.loads(MANIFEST.read_bytes())["replaced"]
    assert (replaced["reason"], replaced["plates"]) == ("更正姓名", ["K"])
    assert events() == ["release", "replacement"]
    before = files()
    code, _, err = run("release", issue, *REPLACING)
    assert (code, "一字不差" in err) == (0, True), err
    assert files() == before


def broken(how: str) -> None:
    page, manifest = FOLDER / PAGE_1, MANIFEST
    if how == "manifest edited":
        manifest.write_text(manifest.read_text(encoding="utf-8").replace("孙伟", "别人"), encoding="utf-8")
    if how == "manifest no longer JSON":
        manifest.write_bytes(b"{" + manifest.read_bytes())
    if how == "manifest deleted":
        manifest.unlink()
    if how == "page changed":
        page.write_bytes(page.read_bytes() + b"\n")
    if how == "page deleted":
        page.unlink()
    if how == "page a link":
        page.rename("elsewhere.pdf")
        page.symlink_to(Path("elsewhere.pdf").resolve())


HOWS = (
    "manifest edited",
    "manifest no longer JSON",
    "manifest deleted",
    "page changed",
    "page deleted",
    "page a link",
)


def test_what_was_changed_in_the_release_folder_is_put_back_and_told(run: Run, issue: str) -> None:
    before = released(run, issue)
    for how in HOWS:
        broken(how)
        code, _, err = run("release", issue)
        assert (code, "release/put-back" in err) == (0, True), (how, err)
        assert files() == before, how
        assert not (FOLDER / PAGE_1).is_symlink()


def test_no_edit_of_the_manifest_lets_another_page_go_to_press_unreplaced(run: Run, issue: str) -> None:
    before = released(run, issue)
    correct(run, issue)
    for how in HOWS[:3]:
        broken(how)
        assert codes(run, issue) == ["release/already"], how
        assert files().get(PAGE_1) == before[PAGE_1]
        MANIFEST.write_bytes(before["manifest.json"])


def test_without_store_and_whole_manifest_nobody_can_tell_and_nothing_is_released(run: Run, issue: str) -> None:
    released(run, issue)
    Path(f"output/{DATE}/revisions").rename("lost")
    broken("manifest edited")
    proofed_and_signed(run, issue)
    before = files()
    assert codes(run, issue) == ["release/earlier-unreadable"]
    assert files() == before


def test_of_two_releases_at_once_the_first_counts(run: Run, issue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proofed_and_signed(run, issue)
    really, nested = desk._guarded, []

    def guarded(*given: Any) -> Any:
        if not nested:
            nested.append(None)
            nested[0] = run("release", issue, "--by", "孙伟")[0]
        return really(*given)

    monkeypatch.setattr(desk, "_guarded", guarded)
    assert codes(run, issue, "--by", "王静") == ["release/overtaken"]
    assert nested == [0]
    assert json.loads(MANIFEST.read_bytes())["by"] == "孙伟"
    assert events() == ["release"]


def test_a_page_that_was_not_released_cannot_be_replaced(run: Run, issue: str) -> None:
    released(run, issue)
    second_page(run, issue)
    all_signed(run, issue, 2)
    assert codes(run, issue, "--replaces", "2", *REPLACING[2:]) == ["release/page-not-released"]


def test_a_comment_after_the_release_changes_nothing_that_the_printer_has(run: Run, issue: str) -> None:
    before = released(run, issue)
    page = Path(f"{issue}/pages/01.yaml")
    page.write_text("# 只是说明\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    sign(run, issue, "初审", "李明")
    code, _, err = run("release", issue)
    assert (code, "一字不差" in err) == (0, True), err
    assert files() == before


def test_a_replacement_tells_which_other_pages_are_not_what_the_printer_has(run: Run, issue: str) -> None:
    second_page(run, issue)
    all_signed(run, issue, 2)
    assert run("release", issue)[0] == 0
    other = Path(f"{issue}/articles/other.md")
    other.write_text(other.read_text(encoding="utf-8").rstrip() + "新\n", encoding="utf-8")
    edit("articles/lead.md", last_line(), "今" + last_line())
    before = files()
    all_signed(run, issue, 2)
    code, _, err = run("release", issue, *REPLACING)
    assert (code, "release/others-changed" in err) == (0, True), err
    after = files()
    assert {name for name in before if before[name] != after[name]} == {PAGE_1, "manifest.json"}
    assert run("verify", str(MANIFEST))[0] == 0
    code, _, err = run("release", issue, "--replaces", "2", *REPLACING[2:])
    assert (code, "release/others-changed" in err) == (0, False), err
    assert run("verify", str(MANIFEST))[0] == 0
    assert [one["page"] for one in json.loads(MANIFEST.read_bytes())["replaced"]] == [1, 2]
    assert run("release", issue)[0] == 0


def test_nobody_releases_in_the_name_of_another(run: Run, issue: str, tmp_path: Path) -> None:
    key = make_key(tmp_path / "wang.key").value
    assert key is not None
    house = next(Path("issues/house").glob("*.yaml"))
    with house.open("a", encoding="utf-8") as stream:
        stream.write(f"\nsignoff:\n  roles: {{总编: []}}\n  keys: {{王静: '{key.public}'}}\n  unsigned: true\n")
    run("proof", issue, "--dpi", "36")
    assert sign(run, issue, "总编", "孙伟")[0] == 0
    mine = ("--key", str(tmp_path / "wang.key"))
    assert codes(run, issue, "--by", "孙伟", *mine) == ["sign/key-unknown"]
    assert files() == {}
    assert codes(run, issue, "--by", "王静", *mine) == []
    assert run("verify", str(MANIFEST))[0] == 0
