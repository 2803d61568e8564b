"""What became of each part's characters (文字账的账目), told by the composer that placed its lines."""

from collections.abc import Iterable

from layout_engine.content.model import Part
from layout_engine.page.model import Account
from layout_engine.typography.model import SetLine, ShapedParagraph

VANISHED_SPACE = "space at a line's end"
LINE_BREAK = "line break"
NO_GLYPH = "no face has the character"


def account_for(
    part: Part,
    story: str,
    placed: Iterable[tuple[ShapedParagraph, SetLine]],
    over: Iterable[tuple[ShapedParagraph, SetLine]] = (),
    elsewhere: Iterable[tuple[ShapedParagraph, SetLine]] = (),
) -> Account:
    """The account of `part`, some of whose lines are on the page, some found no place, some stand on another page.

    On a placed line the spaces that vanish at its end are dropped on purpose, and a character without a glyph is
    dropped because it cannot be drawn. What lies between two lines is an explicit line break, and belongs where the
    line before it stands.
    """
    left_over: list[tuple[int, int]] = []
    dropped: list[tuple[int, int, str]] = []
    away = [(shaped.starts[line.start], shaped.starts[line.end]) for shaped, line in elsewhere]
    covered = [(first, last, True) for first, last in away]
    for shaped, line in placed:
        starts = shaped.starts
        covered.append((starts[line.start], starts[line.end], False))
        if line.drawn < line.end:
            dropped.append((starts[line.drawn], starts[line.end], VANISHED_SPACE))
        for cluster in range(line.start, line.drawn):
            if shaped.gids[cluster] == 0:
                dropped.append((starts[cluster], starts[cluster + 1], NO_GLYPH))
    for shaped, line in over:
        left_over.append((shaped.starts[line.start], shaped.starts[line.end]))
        covered.append((*left_over[-1], False))
    end, is_away = 0, False
    for first, last, next_is_away in [*sorted(covered), (len(part.text), len(part.text), False)]:
        if first > end and not part.text[end:first].strip():
            if is_away:
                away.append((end, first))
            else:
                dropped.append((end, first, LINE_BREAK))
        end, is_away = max(end, last), next_is_away
    return Account(part, story, tuple(sorted(left_over)), tuple(sorted(dropped)), tuple(sorted(away)))
