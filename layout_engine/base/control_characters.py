"""Characters that nobody sees and a terminal obeys (控制字符): no copy, spec or record may hold them (TY-111)."""

from typing import Final

_CONTROLS: Final = (*range(0x20), *range(0x7F, 0xA0))
_DIRECTIONS: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # which way text runs, turned over

# All but the end of a line.
UNSEEN: Final = frozenset(map(chr, (*_CONTROLS, *_DIRECTIONS))) - {"\n"}
