"""Which faces does the engine bring along? Cuts them (字体子集) from their source packages into this folder.

    npm pack @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
    apt-get download fonts-lxgw-wenkai=1.250+repack-1
    python fonts/make.py FOLDER_WITH_THE_PACKAGES

For each family: the faces as TrueType subsets, OFL.txt (the licence as the package has it) and NOTICE.md
(copyright line, source package and version, sha256 of source and result). Needs uharfbuzz, fontTools and
dpkg-deb; the same versions give the same bytes. A source package with another sha256 than the one below is
refused.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import fontTools
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from msgspec import Struct

HERE = Path(__file__).parent
CHARSETS = HERE.parent / "layout_engine" / "faces" / "charsets"

# What a newspaper needs beside GB 2312 and 通用规范汉字表. The faces have no more than a part of some of
# these blocks.
BLOCKS = (
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x017F, "Latin-1 and Latin Extended-A"),
    (0x01CD, 0x01DC, "pinyin vowels with tone marks"),
    (0x01F8, 0x01F9, "pinyin n with grave"),
    (0x0251, 0x0251, "pinyin a as printed"),
    (0x0261, 0x0261, "pinyin g as printed"),
    (0x02C7, 0x02DD, "tone marks"),
    (0x1E3E, 0x1E3F, "pinyin m with acute"),
    (0x2000, 0x206F, "General Punctuation"),
    (0x2070, 0x209F, "superscripts and subscripts"),
    (0x20A0, 0x20BF, "currency"),
    (0x2100, 0x218F, "letter-like and number forms"),
    (0x2190, 0x2199, "arrows"),
    (0x2200, 0x22FF, "mathematical operators"),
    (0x2460, 0x24FF, "enclosed numbers and letters"),
    (0x2500, 0x257F, "box drawing"),
    (0x25A0, 0x25FF, "geometric shapes"),
    (0x2600, 0x266F, "stars and signs"),
    (0x2776, 0x277F, "negative circled numbers"),
    (0x3000, 0x303F, "CJK punctuation"),
    (0x3200, 0x33FF, "enclosed CJK and units"),
    (0x56CD, 0x56CD, "double happiness, for announcements"),
    (0xFE10, 0xFE1F, "vertical forms"),
    (0xFE30, 0xFE6F, "compatibility and small forms"),
    (0xFF00, 0xFFEF, "full-width and half-width forms"),
)


class Package(Struct, frozen=True):
    """A source package: the file that npm or apt leaves in the folder."""

    title: str
    file: str
    sha256: str


class Cut(Struct, frozen=True):
    """One face: its member in the package and the file to write."""

    member: str
    file: str


class Family(Struct, frozen=True):
    """A folder of this one: faces of one family under one licence."""

    folder: str
    package: Package
    licence_member: str
    cuts: tuple[Cut, ...]
    rename: tuple[tuple[int, str], ...] = ()  # name id → text, where the licence reserves the old name
    remark: str = ""


NOTO_SERIF = Family(
    folder="noto-serif-sc",
    package=Package(
        title="npm @expo-google-fonts/noto-serif-sc 0.4.3",
        file="expo-google-fonts-noto-serif-sc-0.4.3.tgz",
        sha256="ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    ),
    licence_member="package/LICENSE_FONT",
    cuts=(
        Cut("package/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf"),
        Cut("package/700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf"),
        Cut("package/900Black/NotoSerifSC_900Black.ttf", "NotoSerifSC-Black.ttf"),
    ),
)

NOTO_SANS = Family(
    folder="noto-sans-sc",
    package=Package(
        title="npm @expo-google-fonts/noto-sans-sc 0.4.3",
        file="expo-google-fonts-noto-sans-sc-0.4.3.tgz",
        sha256="0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    ),
    licence_member="package/LICENSE_FONT",
    cuts=(
        Cut("package/400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf"),
        Cut("package/700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf"),
    ),
    remark='"Source" is a reserved font name; "Noto" is not, so these subsets keep their name.',
)

JIMO_KAI = Family(
    folder="jimo-kai",
    package=Package(
        title="Debian fonts-lxgw-wenkai 1.250+repack-1",
        file="fonts-lxgw-wenkai_1.250+repack-1_all.deb",
        sha256="6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
    ),
    licence_member="./usr/share/doc/fonts-lxgw-wenkai/copyright",
    cuts=(Cut("./usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "JimoKai-Regular.ttf"),),
    rename=(
        (1, "Jimo Kai"),
        (2, "Regular"),
        (3, "1.250;JimoKai-Regular"),
        (4, "Jimo Kai Regular"),
        (6, "JimoKai-Regular"),
        (10, "A renamed subset of LXGW WenKai 1.250 by LXGW, itself derived from Klee by Fontworks"),
    ),
    remark='A subset of LXGW WenKai 1.250, whose licence reserves the names "LXGW" and "霞鹜".',
)

FAMILIES = (NOTO_SERIF, NOTO_SANS, JIMO_KAI)

WINDOWS, UNICODE_BMP, ENGLISH_US = 3, 1, 0x409
COPYRIGHT = 0


def main(packages: Path) -> None:
    wanted = wanted_characters()
    for family in FAMILIES:
        make(family, packages, wanted)
        print(family.folder)


def wanted_characters() -> frozenset[int]:
    """GB 2312, 通用规范汉字表 and the blocks above."""
    blocks = (range(first, last + 1) for first, last, _ in BLOCKS)
    lines = (line for name in ("gb2312.txt", "tonggui.txt") for line in _lines(CHARSETS / name))
    return frozenset(code for block in blocks for code in block) | {ord(c) for line in lines for c in line}


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("# ")]


def make(family: Family, packages: Path, wanted: frozenset[int]) -> None:
    """Write one family's folder."""
    path = packages / family.package.file
    if not path.is_file():
        raise SystemExit(f"{path} is missing\n\n{__doc__}")
    packed = path.read_bytes()
    if (found := sha256(packed)) != family.package.sha256:
        raise SystemExit(f"{path}: sha256 {found}, expected {family.package.sha256}")
    member = open_package(path)

    folder = HERE / family.folder
    folder.mkdir(exist_ok=True)
    rows = []
    for cut in family.cuts:
        source = member(cut.member)
        result = renamed(subset(source, wanted), family.rename)
        (folder / cut.file).write_bytes(result)
        rows.append((cut, source, result))
    write_text(folder / "OFL.txt", licence_text(member(family.licence_member).decode("utf-8"), rows[0][1]))
    write_text(folder / "NOTICE.md", notice(family, rows))


def open_package(path: Path) -> Callable[[str], bytes]:
    """A function from member name to bytes, for an npm package or a Debian one."""
    if path.suffix == ".deb":
        listing = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True).stdout
    else:
        listing = path.read_bytes()

    def member(name: str) -> bytes:
        with tarfile.open(fileobj=io.BytesIO(listing)) as archive:
            found = archive.extractfile(name)
            if found is None:
                raise SystemExit(f"{path}: {name} is not a file")
            return found.read()

    return member


def subset(source: bytes, wanted: frozenset[int]) -> bytes:
    """The face cut to `wanted`, with every name and feature (vert, halt, hwid …) and .notdef's outline."""
    subset_input = hb.SubsetInput()
    subset_input.unicode_set.update(wanted)
    for keep_all in (
        subset_input.layout_feature_tag_set,
        subset_input.name_id_set,
        subset_input.name_lang_id_set,
    ):
        keep_all.clear()  # holds HarfBuzz's defaults: inverting those would lose vert and halt
        keep_all.invert()
    subset_input.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NAME_LEGACY
    return bytes(subset_input.subset(hb.Face(source)).blob.data)


def renamed(face: bytes, names: tuple[tuple[int, str], ...]) -> bytes:
    """The face under another name: only `names` and what says nothing about the name are left."""
    if not names:
        return face
    font = TTFont(io.BytesIO(face), recalcTimestamp=False, recalcBBoxes=False)
    table = font["name"]
    new_ids = {name_id for name_id, _ in names}
    table.names = [
        n
        for n in table.names
        if n.platformID == WINDOWS and n.langID == ENGLISH_US and n.nameID not in new_ids
    ]
    for name_id, text in names:
        table.setName(text, name_id, WINDOWS, UNICODE_BMP, ENGLISH_US)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def licence_text(text: str, face: bytes) -> str:
    """The licence as the package has it; of Debian's copyright file only the OFL's paragraph, unfolded."""
    if not text.startswith("Format: "):
        return text
    start = text.index("License: OFL-1.1\n ---") + len("License: OFL-1.1\n")
    paragraph = text[start : text.index("\n\n", start)]
    body = "\n".join("" if line == " ." else line[1:] for line in paragraph.split("\n"))
    return f'{copyright_line(face)}\nwith Reserved Font Names "霞鹜" and "LXGW".\n\n{body}'


def copyright_line(face: bytes) -> str:
    return "\n".join(str(TTFont(io.BytesIO(face), lazy=True)["name"].getDebugName(COPYRIGHT)).splitlines())


def notice(family: Family, rows: list[tuple[Cut, bytes, bytes]]) -> str:
    lines = [f"# {family.folder}", "", *copyright_line(rows[0][1]).splitlines(), ""]
    if family.remark:
        lines += [family.remark, ""]
    lines += [
        "SIL Open Font License 1.1, `OFL.txt` beside this file; it goes with these files wherever they go.",
        "",
        f"Source: {family.package.title}, `{family.package.file}`,",
        f"sha256 `{family.package.sha256}`.",
        f"Cut by `fonts/make.py` with HarfBuzz {hb.version_string()} and fontTools {fontTools.version}: "
        "characters of GB/T 2312, 通用规范汉字表 and the blocks named there.",
        "",
        "| File | sha256 | Bytes | Source member | sha256 of the source |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {cut.file} | `{sha256(result)}` | {len(result):,} | {cut.member} | `{sha256(source)}` |"
        for cut, source, result in rows
    ]
    return "\n".join(lines)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_text(path: Path, text: str) -> None:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
