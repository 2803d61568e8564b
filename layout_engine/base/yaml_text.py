"""Where the characters of a YAML string were typed (文字的来源): blocks, quotes and folded lines taken apart.

Lines and columns count from 0 here, and leave out nothing: `lines` are those of the whole file.
"""

from collections.abc import Iterable, Iterator

Run = tuple[int, int, int, int, bool]  # start in the text, length, line, column, pinned (as Segment)


def literal_runs(value: str, lines: list[str], header: int, end: int) -> list[Run] | None:
    """The lines of a `|` block are the text's lines less their indent."""
    body = lines[header + 1 : end + 1]
    first = next((one for one in body if one.strip(" ")), "")
    indent = len(first) - len(first.lstrip(" "))
    runs: list[Run] = []
    start = 0
    for number, one in enumerate(value.split("\n")):
        last = start + len(one) == len(value)
        if number >= len(body) or body[number][indent:] != one:
            return runs if last and not one else None
        length = len(one) + (0 if last else 1)
        if length:
            runs.append((start, length, header + 1 + number, min(indent, len(body[number])), False))
        start += length
    return runs


def folded_runs(value: str, pieces: Iterable[tuple[str, int, int]]) -> list[Run] | None:
    """The pieces in the text one after another, with the blanks that line ends became."""
    runs: list[Run] = []
    at, line, column = 0, 0, 0
    for piece, number, start in pieces:
        gap = at
        while gap < len(value) and value[gap] in " \n\t":
            gap += 1
        if not value.startswith(piece, gap):
            return None
        if gap > at:
            place = (line, column) if runs else (number, start)
            runs.append((at, gap - at, *place, True))
        runs.append((gap, len(piece), number, start, False))
        at, line, column = gap + len(piece), number, start + len(piece)
    rest = value[at:]
    if rest.strip(" \n\t") or (rest and not runs):
        return None
    if rest:
        runs.append((at, len(rest), line, column, True))
    return runs


def typed_pieces(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """What was typed from `start` to `end`, line by line, less blanks at both ends; with line and column."""
    for number in range(start[0], min(end[0] + 1, len(lines))):
        line = lines[number]
        low = start[1] if number == start[0] else 0
        high = end[1] if number == end[0] else len(line)
        piece = line[low:high]
        stripped = piece.strip(" \t")
        if stripped:
            yield stripped, number, low + len(piece) - len(piece.lstrip(" \t"))
