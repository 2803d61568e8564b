"""诊断: what a message repeats of the copy cannot harm the terminal that shows it."""

import pytest

from layout_engine.base.diagnostics import Lang, diagnose


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("steering", ["\x1b", "\x07", "\r", "\x9b", "\u2028", "\u202e", "\u2066"])
def test_what_would_steer_a_terminal_is_spelled_out(lang: Lang, steering: str) -> None:
    message = diagnose("page/widow", text=f"田{steering}野").message(lang)
    assert steering not in message
    assert f"田\\u{ord(steering):04x}野" in message


@pytest.mark.parametrize("text", ["田野　山\u00a0川", "👨\u200d👩", "一行\n又一行\t"])
def test_other_text_is_repeated_as_it_is(text: str) -> None:
    assert text in diagnose("page/widow", text=text).message("zh")
