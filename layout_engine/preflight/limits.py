"""How much of a hostile file is looked at (限额): beyond these the check stops and says so.

Each is far above what a page for the press needs, and low enough that the check stays within some hundred MB.
"""

from typing import Final

MAX_PAGES: Final = 2_000
MAX_OBJECTS: Final = 250_000
MAX_DEPTH: Final = 28  # forms in forms, patterns in patterns; as for `q` (PR-86)
MAX_NESTED: Final = 64  # arrays and dictionaries in one another
MAX_CONTENT_BYTES: Final = 32 << 20  # one content stream, unpacked
MAX_UNPACKED: Final = 1 << 30  # any other stream, read in pieces
MAX_PREDICTED: Final = 64 << 20  # a stream whose predictor pikepdf undoes, which it does whole
MAX_RAW_BYTES: Final = 256 << 20  # a stream as it lies in the file
MAX_SMALL_STREAM: Final = 16 << 20  # font programs, CMaps, ICC profiles, XMP
MAX_OPERATORS: Final = 4_000_000  # in the whole file, forms counted each time they are drawn
MAX_PLACES: Final = 40  # findings of one kind; the rest are counted
MAX_PARENTS: Final = 50  # of a page, up to the root of the page tree
MAX_FONT_BYTES: Final = 192 << 20  # of all font programs and CMaps of a file together
MAX_FONTS_HELD: Final = 8 << 20  # of them from one page to the next; a page of ours has 1 MB
MAX_FONTS_AGAIN: Final = 384 << 20  # of them read anew after they were let go
MAX_KEPT: Final = 100_000  # painted objects of one page, for rules that compare them
MAX_COMPARED: Final = 2_000_000  # pairs of objects of one page
MAX_GLYPHS: Final = 100_000  # of one page, compared with their neighbours
