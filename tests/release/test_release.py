"""付印: refused for each reason by its name; what passes lies there with a manifest, and is changed by replacement."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from layout_engine.pdf.write import write_page
from layout_engine.revisions.store import open_store
from tests.release.test_sign import DATE, ROLES, Run, edit, issue, run, sign

__all__ = ["issue", "run"]  # fixtures

FOLDER = Path(f"output/{DATE}/release")
MANIFEST = FOLDER / "manifest.json"
BIG = 60


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in FOLDER.iterdir()} if FOLDER.is_dir() else {}


def proofed_and_signed(run: Run, issue: str) -> None:
    assert run("proof", issue, "--dpi", "36")[0] == 0
    for role in ROLES:
        assert sign(run, issue, role)[0] == 0


def last_line() -> str:
    return Path(f"issues/{DATE}/articles/lead.md").read_text(encoding="utf-8").rstrip().splitlines()[-1]


def codes(run: Run, issue: str, *more: str) -> list[str]:
    value = json.loads(run("release", issue, "--json", *more)[1])
    return [one["code"] for one in value["findings"] if one["severity"] == "error"]


def test_an_issue_that_was_seen_and_signed_is_released_with_its_manifest(run: Run, issue: str) -> None:
    proofed_and_signed(run, issue)
    code, out, err = run("release", issue, "--by", "孙伟")
    assert (code, err.splitlines()[-1].startswith("已付印")) == (0, True), err
    assert sorted(files()) == ["manifest.json", "paper-20240601-01.pdf"]
    assert str(FOLDER / "paper-20240601-01.pdf") in out
    assert run("verify", str(MANIFEST))[0] == 0
    value = json.loads(MANIFEST.read_bytes())
    assert [one["statement"]["role"] for one in value["signatures"]] == list(ROLES)
    assert {"issue.yaml", "pages/01.yaml", "articles/lead.md"} <= set(value["inputs"])
    assert value["by"] == "孙伟"


def test_a_release_repeated_is_the_same_to_the_byte(run: Run, issue: str) -> None:
    proofed_and_signed(run, issue)
    run("release", issue)
    before = files()
    code, _, err = run("release", issue)
    assert code == 0
    assert "一字不差" in err
    assert files() == before
    for path in FOLDER.iterdir():
        path.unlink()
    assert run("release", issue)[0] == 0
    assert files() == before


def planted(run: Run, issue: str, fault: str) -> None:
    if fault == "unproofed":
        return
    if fault == "error":
        edit("pages/01.yaml", "story: lead", "story: laed")
        return
    if fault == "overset":
        edit("articles/lead.md", last_line(), last_line() * BIG)
    run("proof", issue, "--dpi", "36")
    if fault == "unsigned":
        return
    for role in ROLES:
        sign(run, issue, role)
    if fault == "changed":
        edit("articles/lead.md", last_line(), "新" + last_line())


PLANTED = {
    "unproofed": {"release/no-proof", "sign/missing"},
    "unsigned": {"sign/missing"},
    "changed": {"release/newer-than-proof", "sign/stale"},
    "overset": {"page/overset", "build/final-rejected"},
    "error": {"spec/unknown-story"},
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_release_is_refused_for_each_reason_by_its_name_and_nothing_is_written(
    fault: str, run: Run, issue: str
) -> None:
    planted(run, issue, fault)
    found = set(codes(run, issue))
    assert found >= PLANTED[fault] if fault == "overset" else found == PLANTED[fault]
    assert files() == {}
    code, out, err = run("release", issue)
    assert (code, out) == (1, "")
    assert "没有付印" in err


def test_a_stand_in_picture_is_not_released(run: Run, issue: str, tmp_path: Path) -> None:

    Path(f"{issue}/photos").mkdir(exist_ok=True)
    Image.effect_noise((1200, 800), 60).save(f"{issue}/photos/sea.png")
    Path(f"{issue}/photos/sea.yaml").write_text("file: sea.png\ncaption: 图为海边。\n", encoding="utf-8")
    page = Path(f"{issue}/pages/01.yaml")
    region = "\n  - {id: sea, kind: photo, photo: sea, columns: 1, rows: 50-59, crop: fill, stand_in: true}\n"
    page.write_text(page.read_text(encoding="utf-8").rstrip() + region, encoding="utf-8")
    run("proof", issue, "--dpi", "36")
    for role in ROLES:
        sign(run, issue, role)
    assert "release/stand-in" in codes(run, issue)
    assert "page/stand-in" not in run("release", issue)[2]


def released(run: Run, issue: str) -> dict[str, bytes]:
    proofed_and_signed(run, issue)
    assert run("release", issue, "--by", "孙伟")[0] == 0
    return files()


def correct(run: Run, issue: str) -> None:
    """One character corrected after the release, seen and signed anew."""
    edit("articles/lead.md", last_line(), "今" + last_line())
    proofed_and_signed(run, issue)


def test_what_was_released_is_not_released_otherwise(run: Run, issue: str) -> None:
    before = released(run, issue)
    correct(run, issue)
    assert codes(run, issue) == ["release/already"]
    assert files() == before


def test_a_released_page_is_replaced_for_a_reason_that_stays_in_manifest_and_log(run: Run, issue: str) -> None:
    before = released(run, issue)
    correct(run, issue)
    code, out, err = run("release", issue, "--replaces", "1", "--reason", "更正姓名", "--by", "孙伟")
    assert code == 0, err
    assert "要重出的印版：K" in out
    after = files()
    assert after["paper-20240601-01.pdf"] != before["paper-20240601-01.pdf"]
    (replaced,) = json.loads(MANIFEST.read_bytes())["replaced"]
    assert b"<xmpMM:VersionID>1<" in before["paper-20240601-01.pdf"]
    assert b"<xmpMM:VersionID>2<" in after["paper-20240601-01.pdf"]
    assert (replaced["page"], replaced["reason"], replaced["by"], replaced["plates"]) == (1, "更正姓名", "孙伟", ["K"])
    assert run("verify", str(MANIFEST))[0] == 0
    opened = open_store(Path(f"output/{DATE}/revisions")).value
    assert opened is not None
    with opened as store:
        told = [(one.kind, one.text) for one in store.events() if one.kind != "sign"]
        assert told == [("release", ""), ("replacement", "更正姓名")]
        kept = [one for one in store.revisions() if one.kind == "release"]
        old = kept[0].file("release/paper-20240601-01.pdf")
        assert old is not None
        assert store.read(old.sha256).value == before["paper-20240601-01.pdf"]


def test_a_page_that_nobody_signed_replaces_nothing(run: Run, issue: str) -> None:
    before = released(run, issue)
    edit("articles/lead.md", last_line(), "今" + last_line())
    assert set(codes(run, issue, "--replaces", "1", "--reason", "更正", "--by", "孙伟")) == {
        "release/newer-than-proof",
        "sign/stale",
    }
    assert files() == before


@pytest.mark.parametrize("more", [("--replaces", "1"), ("--reason", "更正"), ("--replaces", "1", "--reason", " ")])
def test_a_replacement_without_its_reason_is_misuse(more: tuple[str, ...], run: Run, issue: str) -> None:
    code, out, err = run("release", issue, *more)
    assert (code, out) == (2, "")
    assert ("cli/bad-value" if " " in more else "cli/missing-option") in err


def test_nothing_can_be_replaced_that_was_not_released(run: Run, issue: str) -> None:
    proofed_and_signed(run, issue)
    assert codes(run, issue, "--replaces", "1", "--reason", "更正", "--by", "孙伟") == ["release/nothing-to-replace"]


def test_what_the_guards_call_an_error_stands_in_the_way(run: Run, issue: str) -> None:
    house = next(Path("issues/house").glob("*.yaml"))
    with house.open("a", encoding="utf-8") as stream:
        stream.write("\nwords:\n  must_not:\n    - {reason: 社规第三条, words: [{word: 今天}]}\n")
    edit("articles/lead.md", last_line(), "今天" + last_line())
    proofed_and_signed(run, issue)
    assert [code for code in codes(run, issue) if not code.startswith("guard/")] == []
    assert any(code.startswith("guard/") for code in codes(run, issue))
    assert files() == {}


def test_a_page_that_fails_the_preflight_is_not_released(run: Run, issue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate lets nothing through that the check of the file would find, so a fault is planted in the file."""

    def with_a_fault(*arguments: Any, **named: Any) -> bytes:
        return write_page(*arguments, **named).replace(b"/Trapped /False", b"/Trapped /Maybe")

    proofed_and_signed(run, issue)
    monkeypatch.setattr("layout_engine.pipeline.write_page", with_a_fault)
    found = codes(run, issue)
    assert "build/final-rejected" in found
    assert any(code.startswith("preflight/") for code in found)
    assert files() == {}
