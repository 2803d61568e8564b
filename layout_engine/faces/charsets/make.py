"""Which characters must a Chinese newspaper face have? Writes the two lists (字符集) beside this file.

    apt-get install unicode-data
    python layout_engine/faces/charsets/make.py /usr/share/unicode/Unihan_OtherMappings.txt.bz2

Sources and their licences: README.md beside this file. The result is the same bytes each time.
"""

import bz2
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent

UNIHAN_SHA256 = "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2"  # unicode-data 15.0.0-1

ROWS = range(1, 95)  # GB/T 2312-1980: 94 rows (区) of 94 places (位)
ROW_OFFSET = 0xA0  # EUC-CN form of a row or place number

LEVELS = (  # 通用规范汉字表 (2013): last number of each level
    ("level 1, common (一级字表)", 3500),
    ("level 2, less common (二级字表)", 6500),
    ("level 3, names and terms (三级字表)", 8105),
)
CHARACTERS_A_LINE = 50


def gb2312() -> Iterator[str]:
    """The lines of gb2312.txt: one line a row, places in order.

    Which places are filled is GB 2312's; which code point a place stands for is GB 18030's, since only that
    one gives 间隔号 and 破折号 as they are typed today: U+00B7 and U+2014, not U+30FB and U+2015.
    """
    yield "# GB/T 2312-1980: 6,763 hanzi and 682 signs, one line a row"
    for row in ROWS:
        places = (bytes((row + ROW_OFFSET, place + ROW_OFFSET)) for place in ROWS)
        line = "".join(code.decode("gb18030") for code in places if _is_filled(code))
        if line:
            yield line


def _is_filled(code: bytes) -> bool:
    return bool(code.decode("gb2312", errors="ignore"))


def tonggui(unihan: Path) -> Iterator[str]:
    """The lines of tonggui.txt: the table's own order, fifty characters a line, its levels as comments."""
    packed = unihan.read_bytes()
    if (found := hashlib.sha256(packed).hexdigest()) != UNIHAN_SHA256:
        raise SystemExit(f"{unihan}: sha256 {found}, expected {UNIHAN_SHA256}")
    by_number = {}
    for line in bz2.decompress(packed).decode("utf-8").splitlines():
        code, _, rest = line.partition("\tkTGH\t2013:")
        if rest:
            by_number[int(rest)] = chr(int(code.removeprefix("U+"), 16))
    yield "# 通用规范汉字表 (2013): 8,105 hanzi in the table's order"
    first = 1
    for name, last in LEVELS:
        yield f"# {name}"
        for start in range(first, last + 1, CHARACTERS_A_LINE):
            yield "".join(by_number[n] for n in range(start, min(start + CHARACTERS_A_LINE, last + 1)))
        first = last + 1


def write(name: str, lines: Iterator[str]) -> None:
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    write("gb2312.txt", gb2312())
    write("tonggui.txt", tonggui(Path(sys.argv[1])))
