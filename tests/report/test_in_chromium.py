"""网页报告: driven in a real browser as a night editor would."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from layout_engine.diff_report.facts import MOST_CHANGES
from tests.report.browser import Browser, Tab, chromium
from tests.report.kit import report, text_change, told

ENTRIES = "[...document.querySelectorAll('#list .entry')].map((one) => Number(one.dataset.number))"
CHOSEN = "Number(document.querySelector('#list [aria-current]')?.dataset.number ?? 0)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(report())
    return path


@pytest.fixture
def tab(browser: Browser, file: Path) -> Iterator[Tab]:
    opened = browser.open(file)
    yield opened
    assert opened.complaints() == []
    assert opened.requests() == [file.as_uri()]
    opened.close()


def settle(tab: Tab) -> None:
    """Wait until nothing moves."""
    tab.run("new Promise((done) => setTimeout(done, 350))")


def mark_offset(tab: Tab, side: str, number: int) -> tuple[float, float]:
    """How far the middle of a change's first mark is from the middle of its pane, in halves of the pane."""
    found: tuple[float, float] = tuple(
        tab.run(
            f"(() => {{ const pane = document.querySelector('#{side}').getBoundingClientRect();"
            f"const box = document.querySelector('#{side} .mark[data-number=\"{number}\"]').getBoundingClientRect();"
            "return [(box.x + box.width / 2 - pane.x) * 2 / pane.width - 1,"
            "(box.y + box.height / 2 - pane.y) * 2 / pane.height - 1]; })()"
        )
    )
    return found


def sheets(tab: Tab) -> list[dict[str, float]]:
    found: list[dict[str, float]] = tab.run(
        "['old', 'new'].map((side) => { const box = document.querySelector(`#${side} .sheet`).getBoundingClientRect();"
        "const pane = document.querySelector(`#${side}`).getBoundingClientRect();"
        "return {x: box.x - pane.x, y: box.y - pane.y, w: box.width, h: box.height}; })"
    )
    return found


def near(a: dict[str, float], b: dict[str, float]) -> bool:
    return all(abs(a[key] - b[key]) < 1.0 for key in a)


def test_both_pages_are_seen_whole_side_by_side(tab: Tab) -> None:
    tab.wait("[...document.querySelectorAll('.over')].every((one) => one.complete && one.naturalWidth > 1000)")
    old, new = sheets(tab)
    assert near(old, new)
    assert old["x"] > 0
    assert old["y"] > 0


def test_a_click_on_a_change_moves_both_sides_to_it(tab: Tab) -> None:
    for number in tab.run(ENTRIES)[:3]:
        tab.click(f'#list [data-number="{number}"]')
        assert tab.run(CHOSEN) == number
        assert tab.run(f"document.querySelectorAll('.mark.is-flashing[data-number=\"{number}\"]').length") == 2
        settle(tab)
        for side in ("old", "new"):
            assert max(map(abs, mark_offset(tab, side, number))) < 0.9
        assert tab.run("document.getElementById('said').textContent").startswith(str(number))
    assert sheets(tab)[0]["w"] > 1500  # near enough to read


def test_a_click_on_a_mark_chooses_its_change(tab: Tab) -> None:
    number = tab.run(ENTRIES)[-1]
    tab.click(f'#new .tag[data-number="{number}"]')
    assert tab.run(CHOSEN) == number


def test_the_keyboard_steps_through_all_changes_and_round(tab: Tab) -> None:
    entries = tab.run(ENTRIES)
    seen = []
    for key in ("j", "ArrowDown") * ((len(entries) + 1) // 2):
        tab.press(key)
        seen.append(tab.run(CHOSEN))
    assert seen[: len(entries)] == entries
    tab.press("k")
    before = tab.run(CHOSEN)
    tab.press("ArrowUp")
    assert entries.index(tab.run(CHOSEN)) == (entries.index(before) - 1) % len(entries)


def test_keys_1_to_5_show_and_hide_a_class_in_list_and_on_pages(tab: Tab) -> None:
    everything = tab.run(ENTRIES)
    for kind in range(5):
        tab.press(str(kind + 1))
        assert tab.run(f"document.querySelectorAll('#list .kind-{kind}, .mark.kind-{kind}').length") == 0
        assert tab.run(f"document.querySelector('#classes .kind-{kind}').getAttribute('aria-pressed')") == "false"
    assert tab.run(ENTRIES) == []
    for kind in range(5):
        tab.click(f"#classes .kind-{kind}")
    assert tab.run(ENTRIES) == everything


def select(tab: Tab, name: str, value: str) -> None:
    tab.run(
        f"(() => {{ const one = document.getElementById('{name}'); one.value = '{value}';"
        "one.dispatchEvent(new Event('change')); })()"
    )


def test_the_list_is_filtered_by_story_and_page_and_grouped_otherwise(tab: Tab) -> None:
    everything = tab.run(ENTRIES)
    stories = tab.run("[...document.getElementById('story-filter').options].map((one) => one.value)")
    shown = []
    for story in stories[1:]:
        select(tab, "story-filter", story)
        shown += tab.run(ENTRIES)
    assert sorted(shown) == everything
    select(tab, "story-filter", "")
    select(tab, "page-filter", "1")
    assert tab.run(ENTRIES) == everything
    select(tab, "order", "byStory")
    assert sorted(tab.run(ENTRIES)) == everything
    assert tab.run("document.querySelectorAll('#list h2').length") == len(stories) - 1


def test_wheel_and_drag_move_both_sides_alike(tab: Tab) -> None:
    box = tab.run(
        "(() => { const box = document.getElementById('old').getBoundingClientRect(); return [box.x, box.y]; })()"
    )
    before = sheets(tab)[0]
    tab.wheel((box[0] + 100, box[1] + 200), -700)
    tab.wait(f"document.querySelector('#old .sheet').getBoundingClientRect().width > {before['w'] * 1.5}")
    old, new = sheets(tab)
    assert near(old, new)
    assert (
        abs((100 - old["x"]) / old["w"] - (100 - before["x"]) / before["w"]) < 0.01
    )  # what is under the pointer stays
    tab.drag((box[0] + 300, box[1] + 300), (60, -40))
    moved = sheets(tab)
    assert near(*moved)
    assert abs(moved[0]["x"] - old["x"] - 60) < 2
    assert abs(moved[0]["y"] - old["y"] + 40) < 2
    tab.press("f")
    settle(tab)
    assert near(sheets(tab)[0], before)


def test_two_fingers_scale_both_sides(tab: Tab) -> None:
    before = sheets(tab)[0]
    x, y = tab.run(
        "(() => { const box = document.getElementById('new').getBoundingClientRect(); return [box.x, box.y]; })()"
    )
    tab.pinch((x + 250, y + 300), 100, 250)
    tab.wait(f"document.querySelector('#new .sheet').getBoundingClientRect().width > {before['w'] * 1.8}")
    assert near(*sheets(tab))


def test_shift_and_arrows_move_the_pages(tab: Tab) -> None:
    tab.click("#zoom-in")
    before = sheets(tab)
    tab.press("ArrowRight", shift=True)
    after = sheets(tab)
    assert [round(new["x"] - old["x"]) for old, new in zip(before, after, strict=True)] == [-80, -80]


def test_onion_skin_fades_from_old_to_new(tab: Tab) -> None:
    tab.press("o")
    assert tab.run("getComputedStyle(document.getElementById('old')).display") == "none"
    tab.wait("document.querySelector('#new .under').naturalWidth > 1000")
    for value, opacity in ((0, "0"), (30, "0.3"), (100, "1")):
        tab.run(
            f"(() => {{ const one = document.getElementById('onion'); one.value = {value};"
            "one.dispatchEvent(new Event('input')); })()"
        )
        assert tab.run("document.querySelector('#new .over').style.opacity") == opacity
    tab.press("o")
    assert tab.run("getComputedStyle(document.getElementById('old')).display") != "none"


def test_blink_shows_old_and_new_in_turn_and_says_which(tab: Tab) -> None:
    tab.press("b")
    seen: set[Any] = set()
    until = time.monotonic() + 10
    while len(seen) < 2 and time.monotonic() < until:
        seen.add(
            tuple(
                tab.run(
                    "[document.querySelector('#new .over').style.opacity,"
                    "document.querySelector('#new figcaption b').textContent]"
                )
            )
        )
    assert seen == {("0", "旧"), ("1", "新")}
    tab.press("s")
    assert tab.run("document.querySelector('#new .over').style.opacity") == "1"


def test_the_language_is_switched_in_the_page(tab: Tab, browser: Browser, tmp_path: Path) -> None:
    assert "文字" in tab.run("document.body.innerText")
    tab.click("#language")
    said = tab.run("document.body.innerText")
    assert "Side by side" in said
    assert "文字" not in said
    assert tab.run("document.documentElement.lang") == "en"
    english = tmp_path / "english.html"
    english.write_bytes(report("en"))
    assert "Side by side" in browser.open(english).run("document.body.innerText")


def test_help_opens_and_closes_and_has_the_keys(tab: Tab) -> None:
    tab.press("?")
    assert tab.run("document.getElementById('help').open") is True
    assert tab.run("document.querySelectorAll('#help kbd').length") > 15
    tab.press("j")
    assert tab.run(CHOSEN) == 0  # what lies under it does not move
    tab.press("?")
    assert tab.run("document.getElementById('help').open") is False


def test_everything_that_can_be_used_has_a_name(tab: Tab) -> None:
    nodes = tab.send("Accessibility.getFullAXTree")["nodes"]
    used = [one for one in nodes if one.get("role", {}).get("value") in ("button", "combobox", "slider", "figure")]
    assert len(used) > 20
    assert [one for one in used if not one.get("name", {}).get("value", "").strip()] == []


def test_marks_can_be_put_away(tab: Tab) -> None:
    tab.press("m")
    assert tab.run("getComputedStyle(document.querySelector('#new .mark')).display") == "none"


def test_printed_it_has_both_pages_and_the_list(tab: Tab) -> None:
    document = pypdfium2.PdfDocument(tab.pdf())
    try:
        assert len(document) >= 2
        words = "".join(page.get_textpage().get_text_range() for page in document)
        assert document[0].get_width() > document[0].get_height()
    finally:
        document.close()
    assert "articles/lead.md" in "".join(words.split())  # a machine without faces breaks between any two letters


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    path = tmp_path / "hostile.html"
    path.write_bytes(told([text_change(1, hostile, hostile)]))
    tab = browser.open(path)
    tab.press("j")
    assert hostile in tab.run("document.querySelector('#list .phrase').textContent")
    assert tab.run("document.querySelectorAll('#list img, #list script').length") == 0
    assert tab.complaints() == []
    assert tab.requests() == [path.as_uri()]


def test_thousands_of_changes_stay_usable(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    path.write_bytes(told([text_change(number) for number in range(MOST_CHANGES + 10)]))
    started = time.monotonic()
    tab = browser.open(path)
    for _ in range(5):
        tab.press("j")
    assert tab.run(CHOSEN) == 5
    assert "10" in tab.run("document.querySelector('#list .empty').textContent")
    assert time.monotonic() - started < 10
    assert tab.complaints() == []
