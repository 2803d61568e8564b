"""Which characters are traditional or Japanese forms? Writes the list (繁体与日文字形) beside this file.

    apt-get install unicode-data
    python layout_engine/content/forms/make.py /usr/share/unicode

Source and licence: README.md beside this file. The result is the same bytes each time.
"""

import bz2
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
STANDARD = HERE.parents[1] / "faces" / "charsets" / "tonggui.txt"  # 通用规范汉字表

SHA256 = {  # unicode-data 15.0.0-1
    "Unihan_Variants.txt.bz2": "42f42d18fe0368ca8dfb76d91bb2612b4bb34fe7960a4aa770687c0bf48a0cce",
    "Unihan_OtherMappings.txt.bz2": "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
}
PAIRS_A_LINE = 25


def main(folder: Path) -> None:
    """Write forms.txt from the two files of the Unihan database in `folder`."""
    standard = {c for line in STANDARD.read_text("utf-8").splitlines() if not line.startswith("# ") for c in line}
    simplified = {
        form: after[0]
        for form, values in _field(folder / "Unihan_Variants.txt.bz2", "kSimplifiedVariant")
        if form not in standard and (after := [c for c in values if c in standard])
    }
    japanese = [
        form
        for form, _ in _field(folder / "Unihan_OtherMappings.txt.bz2", "kJoyoKanji")
        if form not in standard and form not in simplified
    ]
    lines = [
        "# Traditional forms (繁体字) that 通用规范汉字表 does not have, each with its standard form",
        *_in_lines([form + simplified[form] for form in sorted(simplified)]),
        "# Japanese forms (日文汉字) of 常用漢字表 that are neither in 通用规范汉字表 nor above",
        *_in_lines(sorted(japanese)),
    ]
    (HERE / "forms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _field(path: Path, field: str) -> Iterator[tuple[str, list[str]]]:
    """Each character that has the field, with the characters that the field names."""
    packed = path.read_bytes()
    if (found := hashlib.sha256(packed).hexdigest()) != SHA256[path.name]:
        raise SystemExit(f"{path}: sha256 {found}, expected {SHA256[path.name]}")
    for line in bz2.decompress(packed).decode("utf-8").splitlines():
        code, _, rest = line.partition(f"\t{field}\t")
        if rest:
            named = [one for one in rest.split() if one.startswith("U+")]
            yield chr(int(code[2:], 16)), [chr(int(one[2:], 16)) for one in named]


def _in_lines(entries: list[str]) -> Iterator[str]:
    for start in range(0, len(entries), PAIRS_A_LINE):
        yield " ".join(entries[start : start + PAIRS_A_LINE])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
