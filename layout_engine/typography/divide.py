"""Into which lines does a headline divide best (标题分行)? By sense first, then by width, then by balance.

The search knows pieces and their widths and nothing of faces. A *piece* is what stands between two places where
the headline may break; a line is some pieces in a row. The best division is found over all of them, line by line
(dynamic programming), so that the result does not depend on where one starts.
"""

from itertools import accumulate, pairwise
from typing import Final

import msgspec

from layout_engine.typography import sense
from layout_engine.typography.edges import ADDRESS, FORBIDDEN, HARMS_SENSE, LAST_RESORT
from layout_engine.typography.model import ShapedParagraph
from layout_engine.typography.sense import grade_breaks
from layout_engine.typography.sums import VANISHING

# What a line or a break costs: a greater harm outweighs any number of lesser ones. Below LOPSIDED the costs only rank
# divisions of one number of lines; from there on a smaller size, or another number of lines, is the lesser evil.
_CLAUSES: Final = 1  # times the square of the clauses in a line: two and two rather than three and one
_MARK: Final = 10**6  # TY-92: at a space rather than after a mark
_UNEVEN: Final = 10**9  # TY-93
_PHRASE: Final = 15 * 10**8  # before a phrase rather than between two even lines
_TIGHT: Final = 10**10  # rather uneven lines than a word of one character away from its neighbour
LOPSIDED: Final = 10**12  # TY-93: less than half
_HARM: Final = 10**15
_WORDS: Final = _HARM * 10**3  # from here on lines end where neither space nor mark stands
_RUNT: Final = _HARM * 10**9  # TY-93: never one or two characters alone; times the square of those lacking
_COST_OF_GRADE: Final = {
    sense.EXPLICIT: 0,
    sense.SPACE: 0,
    sense.MARK: _MARK,
    sense.PAUSE: _HARM,
    sense.PHRASE: _WORDS,
    sense.WORD: _WORDS + _PHRASE,
    sense.TIGHT: _WORDS + _TIGHT,
    sense.ANYWHERE: _HARM * 10**6,
    sense.TITLE: _HARM * 10**12,
    sense.TITLE_WORD: _HARM * 10**15,
    sense.TITLE_ANYWHERE: _HARM * 10**18,
    sense.UNIT: _HARM * 10**21,
    sense.NAME: _HARM * 10**24,
    sense.LAST_RESORT: _HARM * 10**27,
}

# TY-93 in parts of the mean line instead of the longest, so that it adds up line by line. Of two lines the shorter
# is 80 % of the longer where it is 8/9 of the mean, and half of it where it is 2/3 of the mean.
_LIMITS_OF_TWO: Final = ((8, 9), (2, 3))
_LIMITS_OF_MORE: Final = ((3, 4), (1, 2))

_PERCENT: Final = 100
_LEAST_CHARACTERS: Final = 3
_MOST_PIECES: Final = 300  # more is no headline: hostile copy may cost no more than a moment


_Standing = tuple[int, int, int]  # of some lines: their overrun, their cost, their widest or the sum of squares
_START: Final[_Standing] = (0, 0, 0)


class Pieces(msgspec.Struct, frozen=True):
    """A paragraph cut wherever it may break: piece k is the clusters `begins[k]` up to `ends[k]`.

    From `ends[k]` to the next piece stand spaces, which vanish where a line ends there. `grades[k]` is what a break
    after piece k does to the sense. `characters` and `spaces` count those before piece k; marks are no characters.
    """

    paragraph: ShapedParagraph
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    grades: tuple[int, ...]
    characters: tuple[int, ...]  # n + 1
    spaces: tuple[int, ...]  # n + 1: of those at which one may break

    def __len__(self) -> int:
        return len(self.begins)

    @property
    def explicit(self) -> bool:
        """Whether the copy itself says where the lines end."""
        return sense.EXPLICIT in self.grades


class Division(msgspec.Struct, frozen=True):
    """Lines of pieces: line k ends before piece `stops[k]`. `cost` is the harm done, `overrun` what sticks out."""

    stops: tuple[int, ...]
    cost: int
    overrun: int = 0

    @property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """The first piece of each line and the piece after its last."""
        return tuple(pairwise((0, *self.stops)))


class Ruler:
    """How wide is each line at this tracking and width of the glyphs (percent), whatever the size?

    Measured in ten-thousandths of the su of the paragraph's own size: whole numbers, nothing is rounded.
    """

    def __init__(self, pieces: Pieces, tracking: int, narrow: int) -> None:
        paragraph = pieces.paragraph
        self._unit = paragraph.size * _PERCENT * _PERCENT
        scale = narrow if paragraph.direction == "horizontal" else _PERCENT  # a column's glyphs give at their sides
        space = paragraph.size * tracking  # after each cluster of a line but its last
        edge = paragraph.edge
        sums = list(accumulate((advance * _PERCENT + space for advance in paragraph.advances), initial=0))
        self.left = [(sums[at] + edge[at][0] * _PERCENT) * scale for at in pieces.begins]
        self.right = [0, *((sums[at] - edge[at - 1][1] * _PERCENT - space) * scale for at in pieces.ends)]

    def line(self, first: int, stop: int) -> int:
        """The width of the line of pieces `first` up to `stop`."""
        return self.right[stop] - self.left[first]

    def widest(self, division: Division) -> int:
        """The width of the widest line."""
        return max(self.line(first, stop) for first, stop in division.lines)

    def room(self, width: int, size: int) -> int:
        """What a line may measure to fit `width` su at `size`."""
        return width * self._unit // size

    def size_for(self, width: int, line: int) -> int:
        """The largest size at which a line that measures `line` fits `width` su."""
        return width * self._unit // max(line, 1)


def cut_pieces(paragraph: ShapedParagraph, names: tuple[str, ...], *, words: bool = False) -> Pieces:
    """The pieces of a paragraph; where the copy has its own line breaks, there is no other place.

    With `words` the words of the language are looked for, else only the house's `names`.
    """
    grades = _cluster_grades(paragraph, grade_breaks(paragraph.text, names, words=words))
    count = len(grades)
    ink = next((at for at, one in enumerate(paragraph.classes) if one not in VANISHING), count)
    places = [at for at, grade in enumerate(grades) if grade == sense.EXPLICIT and at > ink]
    if not places:
        places = [at for at, grade in enumerate(grades) if grade not in (sense.EXPLICIT, sense.NEVER) and at >= ink]
        places = places[:: len(places) // _MOST_PIECES + 1]
    if count:
        places.append(count - 1)
    first = ink if ink < count else 0  # blanks before the text are of no line
    begins = (first, *(at + 1 for at in places[:-1])) if count else ()
    ends = tuple(_drawn_end(paragraph, begin, at + 1) for begin, at in zip(begins, places, strict=True))
    letters = list(accumulate(map(_characters, _cluster_texts(paragraph)), initial=0))
    grades_after = tuple(grades[at] for at in places)
    return Pieces(
        paragraph,
        begins,
        ends,
        grades_after,
        tuple(letters[at] for at in (*begins, count)),
        tuple(accumulate((grade == sense.SPACE for grade in grades_after), initial=0)),
    )


def divide(
    pieces: Pieces, count: int, ruler: Ruler, room: int, *, even: bool = False, overrun: bool = False
) -> Division | None:
    """The division into `count` lines that harms least, none wider than `room`; None where there is none.

    Among equals it is the one whose widest line is narrowest, or with `even` the one whose lines differ least.
    With `overrun` lines may be wider than the room, and the least overrun goes before everything else.
    """
    total = len(pieces)
    search = _Search(pieces, count, ruler, room, even, overrun)
    best: list[_Standing | None] = [_START] + [None] * total
    origins: list[list[int]] = []
    for line in range(1, count + 1):
        earliest = line if line < count else total
        before, best, origin = best, [None] * (total + 1), [0] * (total + 1)
        for stop in range(earliest, total - count + line + 1):
            best[stop], origin[stop] = search.last_line(line - 1, stop, before)
        origins.append(origin)
    end = best[total]
    return None if end is None else Division(_stops(origins, total), end[1], end[0])


class _Search:
    """What one search for a division knows throughout."""

    def __init__(self, pieces: Pieces, count: int, ruler: Ruler, room: int, even: bool, overrun: bool) -> None:
        whole = ruler.line(0, len(pieces))
        limits = _LIMITS_OF_TWO if count == 2 else _LIMITS_OF_MORE
        self._even_from, self._half_from = (whole * part // (of * count) for part, of in limits)
        self._breaks = [0, *(_COST_OF_GRADE[grade] for grade in pieces.grades[:-1]), 0]
        self._pieces, self._alone = pieces, count == 1
        self._ruler, self._room = ruler, room
        self._even, self._overrun = even, overrun

    def last_line(self, earliest: int, stop: int, before: list[_Standing | None]) -> tuple[_Standing | None, int]:
        """Of the lines that end before piece `stop` the one that leads to the best standing, and its first piece.

        `before[k]` is the standing of the lines that end before piece k.
        """
        best, origin = None, 0
        left, right = self._ruler.left, self._ruler.right[stop]
        for first in range(stop - 1, earliest - 1, -1):
            width = right - left[first]
            beyond = max(0, width - self._room)
            if beyond and not self._overrun:
                break
            so_far = before[first]
            if so_far is not None:
                last = so_far[2] + width * width if self._even else max(so_far[2], width)
                standing = (so_far[0] + beyond, so_far[1] + self._cost(first, stop, width), last)
                if best is None or standing < best:
                    best, origin = standing, first
        return best, origin

    def _cost(self, first: int, stop: int, width: int) -> int:
        """What the line of pieces `first` up to `stop` and the break after it cost."""
        spaces, characters = self._pieces.spaces, self._pieces.characters
        cost: int = self._breaks[stop] + _CLAUSES * (spaces[stop - 1] - spaces[first] + 1) ** 2
        if self._alone:
            return cost
        if width < self._even_from:
            cost += _UNEVEN if width >= self._half_from else _UNEVEN + LOPSIDED
        lacking = _LEAST_CHARACTERS - (characters[stop] - characters[first])
        return cost + _RUNT * lacking**2 if lacking > 0 else cost


def divide_as_written(pieces: Pieces, ruler: Ruler, room: int) -> Division:
    """The lines that the copy has; what does not fit `room` overruns."""
    stops = range(1, len(pieces) + 1)
    overrun = sum(max(0, ruler.line(stop - 1, stop) - room) for stop in stops)
    return Division(tuple(stops), 0, overrun)


def _stops(origins: list[list[int]], total: int) -> tuple[int, ...]:
    stops = [total]
    for origin in reversed(origins[1:]):
        stops.append(origin[stops[-1]])
    return tuple(reversed(stops))


def _cluster_grades(paragraph: ShapedParagraph, of_text: bytes) -> list[int]:
    """What a break after each cluster does to the sense: the text's own grades, as far as line edges allow."""
    grades = []
    for end, allowed in zip(paragraph.starts[1:], paragraph.breaks, strict=True):
        grade = of_text[end - 1]
        if grade not in (sense.EXPLICIT, sense.NEVER):
            if allowed == FORBIDDEN:
                grade = sense.NEVER
            elif allowed in (LAST_RESORT, ADDRESS):
                grade = sense.LAST_RESORT
            elif allowed == HARMS_SENSE:
                grade = max(grade, sense.TITLE)
        grades.append(grade)
    return grades


def _drawn_end(paragraph: ShapedParagraph, begin: int, end: int) -> int:
    """The end of a piece without the spaces that vanish where a line ends."""
    while end > begin and paragraph.classes[end - 1] in VANISHING:
        end -= 1
    return end


def _cluster_texts(paragraph: ShapedParagraph) -> list[str]:
    text = paragraph.text
    return [text[start:end] for start, end in pairwise(paragraph.starts)]


def _characters(text: str) -> int:
    return sum(map(str.isalnum, text))
