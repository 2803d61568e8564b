"""Opening the faces of a role: what works, and every way in which it can fail."""

import struct
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from layout_engine.base.diagnostics import Span
from layout_engine.faces.opening import MAX_FACE_BYTES, open_faces
from layout_engine.faces.sfnt import Tables
from tests.faces.made import cff2_variable_face, cff_face, collection
from tests.kit.face import kit_face, open_kit_faces, plain_face


def catalog(folder: Path, entry: str, face: bytes | None = None, name: str = "a.ttf") -> Path:
    """A fonts folder with one face `a` behind the role `song`."""
    fonts = folder / "fonts"
    fonts.mkdir()
    if face is not None:
        (fonts / name).write_bytes(face)
    text = f"faces:\n  a: {{{entry}}}\nroles:\n  song: {{title: 书宋, faces: [a]}}\n"
    (fonts / "fonts.yaml").write_text(text, encoding="utf-8")
    return fonts


def codes(fonts: Path, role: str = "song") -> list[str]:
    return [f"{one.code} {one.span}" for one in open_faces(fonts, [role]).diagnostics]


def test_a_truetype_face_opens(tmp_path: Path) -> None:
    face = open_kit_faces(tmp_path, ["song"]).chain("song").faces[0]
    assert (face.upem, face.em_top, face.em_bottom, face.glyph(ord("中")) > 0) == (1000, 880, -120, True)


def test_a_cff_face_opens(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, "file: a.otf, licence: OFL-1.1", cff_face("中"), "a.otf")
    outcome = open_faces(fonts, ["song"])
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.face("a").hb_font.get_glyph_h_advance(1) == 1000


@pytest.mark.parametrize(("weight", "advance"), [(100, 600), (500, 800), (900, 1000)])
def test_a_variable_cff2_face_is_pinned_to_its_axes(tmp_path: Path, weight: int, advance: int) -> None:
    entry = f"file: a.otf, axes: {{wght: {weight}}}, licence: OFL-1.1"
    outcome = open_faces(catalog(tmp_path, entry, cff2_variable_face("中"), "a.otf"), ["song"])
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    face = outcome.value.face("a")
    assert face.hb_font.get_glyph_h_advance(face.glyph(ord("中"))) == advance
    assert face.descriptor.postscript_name == f"Made-Regular_{weight}wght"


@pytest.mark.parametrize(("index", "advance"), [(0, 1000), (1, 700)])
def test_a_collection_gives_the_face_of_its_index(tmp_path: Path, index: int, advance: int) -> None:
    faces = collection(cff_face("中"), cff_face("中", width=700))
    outcome = open_faces(catalog(tmp_path, f"file: a.ttc, index: {index}, licence: x", faces, "a.ttc"), ["song"])
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.face("a").hb_font.get_glyph_h_advance(1) == advance


def test_a_face_named_by_two_roles_is_opened_once(tmp_path: Path) -> None:
    faces = open_kit_faces(tmp_path, ["song", "hei"])
    assert faces.chain("song").faces[0] is faces.chain("hei").faces[0]
    assert faces.all() == (faces.face("kit"),)


def test_no_table_is_read_by_harfbuzz_before_a_character_asks(tmp_path: Path) -> None:
    face = open_kit_faces(tmp_path, ["song"]).face("kit")
    assert "hb_face" not in vars(face)
    face.glyph(0x4E2D)
    assert "hb_face" in vars(face)


FILE = "file: a.ttf, licence: x"


@pytest.mark.parametrize(
    ("entry", "face", "expected"),
    [
        pytest.param(FILE, None, "face/role-empty fonts/fonts.yaml:2:13", id="missing"),
        pytest.param(FILE, b"", "face/broken fonts/fonts.yaml:2:13", id="empty"),
        pytest.param(FILE, b"wOF2 and so on", "face/broken fonts/fonts.yaml:2:13", id="woff2"),
        pytest.param(FILE, kit_face()[:20_000], "face/broken fonts/fonts.yaml:2:13", id="cut-off"),
        pytest.param(FILE, kit_face()[:20], "face/broken fonts/fonts.yaml:2:13", id="directory-cut-off"),
        pytest.param(f"{FILE}, index: 1", kit_face(), "face/no-such-index fonts/fonts.yaml:2:13", id="index"),
        pytest.param(f"{FILE}, index: -1", kit_face(), "face/wrong-type fonts/fonts.yaml:2:39", id="negative"),
        pytest.param(
            f"{FILE}, axes: {{wght: 700}}", kit_face(), "face/unknown-axis fonts/fonts.yaml:2:13", id="static"
        ),
        pytest.param(
            f"{FILE}, axes: {{wght: 950}}",
            cff2_variable_face("中"),
            "face/axis-out-of-range fonts/fonts.yaml:2:13",
            id="axis-too-high",
        ),
        pytest.param("file: a.ttf", kit_face(), "face/no-licence fonts/fonts.yaml:2:3", id="licence"),
        pytest.param("licence: x", kit_face(), "face/no-file fonts/fonts.yaml:2:3", id="file"),
        pytest.param("file: ../a.ttf, licence: x", kit_face(), "face/outside fonts/fonts.yaml:2:13", id="outside"),
        pytest.param("file: /etc/passwd, licence: x", None, "face/outside fonts/fonts.yaml:2:13", id="absolute"),
        pytest.param(f"{FILE}, weight: 700", kit_face(), "face/unknown-key fonts/fonts.yaml:2:32", id="unknown-key"),
        pytest.param("file: 7, licence: x", None, "face/wrong-type fonts/fonts.yaml:2:13", id="wrong-type"),
        pytest.param(f"{FILE}, package: os.path", None, "face/wrong-type fonts/fonts.yaml:2:41", id="dotted-package"),
    ],
)
def test_a_faulty_face_is_told_at_its_place(tmp_path: Path, entry: str, face: bytes | None, expected: str) -> None:
    assert codes(catalog(tmp_path, entry, face)) == [expected]


PERMISSIONS = {  # PR-70: fsType, version of OS/2 → refused
    "installable": (0, 4, False),
    "restricted": (2, 4, True),
    "preview and print": (4, 4, False),
    "editable": (8, 4, False),
    "of several, the least restrictive": (6, 3, False),
    "all of them": (14, 2, False),
    "restricted beside the bit that is not used": (3, 4, True),
    "bitmaps only": (0x200, 4, True),
    "preview and print of bitmaps": (0x204, 4, True),
    "no subsetting": (0x100, 4, True),
    "editable, no subsetting": (0x108, 2, True),
    "restricted, of old": (2, 0, True),
    "restricted, of version 1": (2, 1, True),
    "a bit that meant nothing yet": (0x100, 0, False),
    "another": (0x200, 1, False),
    "bits that mean nothing": (0x8010, 4, False),
}


@pytest.mark.parametrize(("fs_type", "version", "refused"), PERMISSIONS.values(), ids=PERMISSIONS)
def test_a_face_is_embedded_only_as_its_own_bits_permit(
    tmp_path: Path, fs_type: int, version: int, refused: bool
) -> None:
    face = plain_face("中", fs_type=fs_type)
    at = Tables(face)._place("OS/2")[0]
    found = codes(catalog(tmp_path, FILE, face[:at] + version.to_bytes(2) + face[at + 2 :]))
    assert found == (["face/embedding-refused fonts/fonts.yaml:2:13"] if refused else [])


def test_a_face_that_says_nothing_of_permissions_may_be_embedded(tmp_path: Path) -> None:
    font = TTFont(BytesIO(plain_face("中")))
    del font["OS/2"]
    out = BytesIO()
    font.save(out)
    assert codes(catalog(tmp_path, FILE, out.getvalue())) == []


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, FILE)
    with (fonts / "a.ttf").open("wb") as file:
        file.truncate(MAX_FACE_BYTES + 1)
    assert codes(fonts) == ["face/too-large fonts/fonts.yaml:2:13"]


def test_an_unknown_role_is_told_where_it_is_used(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, FILE, kit_face())
    place = Span("house/paper.yaml", 12, 20)
    outcome = open_faces(fonts, ["songti"], {"songti": place})
    (finding,) = outcome.diagnostics
    assert (finding.code, finding.span, dict(finding.values)["known"]) == ("face/unknown-role", place, "song")


def test_a_role_does_not_slip_to_its_second_face_in_silence(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, FILE, kit_face())
    text = (fonts / "fonts.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "roles:\n", "  b: {file: user/b.otf, licence: x}\nroles:\n  fangsong: {title: 仿宋, faces: [b, a]}\n"
    )
    (fonts / "fonts.yaml").write_text(text, encoding="utf-8")
    (finding,) = open_faces(fonts, ["fangsong", "song"]).diagnostics
    assert (finding.code, finding.severity) == ("face/role-empty", "error")
    assert "user/b.otf" in str(finding.hint("zh"))


def test_a_role_that_nobody_uses_may_be_empty(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, FILE, kit_face())
    with (fonts / "fonts.yaml").open("a", encoding="utf-8") as file:
        file.write("  fangsong: {title: 仿宋, faces: []}\n")
    assert codes(fonts) == []
    assert codes(fonts, "fangsong") == ["face/role-empty fonts/fonts.yaml:5:3"]


def test_a_missing_second_face_is_an_error_unless_it_comes_with_a_package(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, FILE, kit_face())
    text = (fonts / "fonts.yaml").read_text(encoding="utf-8").replace("faces: [a]", "faces: [a, b, c]")
    text = text.replace(
        "roles:\n", "  b: {file: b.ttf, licence: x}\n  c: {package: no_such_package, file: c.ttf, licence: x}\nroles:\n"
    )
    (fonts / "fonts.yaml").write_text(text, encoding="utf-8")
    assert codes(fonts) == ["face/file-missing fonts/fonts.yaml:3:13"]


def test_a_face_of_an_installed_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site" / "some_faces").mkdir(parents=True)
    (tmp_path / "site" / "some_faces" / "c.ttf").write_bytes(kit_face())
    monkeypatch.syspath_prepend(tmp_path / "site")
    outcome = open_faces(catalog(tmp_path, "package: some_faces, file: c.ttf, licence: x"), ["song"])
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.face("a").rare


def test_a_fonts_folder_without_catalogue_is_told(tmp_path: Path) -> None:
    outcome = open_faces(tmp_path, ["song"])
    assert outcome.value is None
    assert [one.code for one in outcome.diagnostics] == ["face/no-catalog"]


def test_a_role_names_only_faces_of_the_catalogue(tmp_path: Path) -> None:
    fonts = catalog(tmp_path, FILE, kit_face())
    text = (fonts / "fonts.yaml").read_text(encoding="utf-8").replace("faces: [a]", "faces: [a, sung]")
    (fonts / "fonts.yaml").write_text(text, encoding="utf-8")
    assert codes(fonts) == ["face/unknown-face fonts/fonts.yaml:4:32"]


def test_every_fault_of_the_catalogue_is_found_at_once(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    text = "faces:\n  a: {file: ../a.ttf}\n  b: [1]\nroles:\n  song: {title: 3, faces: [a, c], style: bold}\nextra: 1\n"
    (fonts / "fonts.yaml").write_text(text, encoding="utf-8")
    found = {one.code for one in open_faces(fonts, ["song"]).diagnostics}
    assert found >= {"face/outside", "face/no-licence", "face/wrong-type", "face/unknown-face", "face/unknown-key"}


@pytest.mark.parametrize("table", [b"OS/2", b"name", b"post", b"hhea", b"head"])
def test_a_damaged_table_never_raises(tmp_path: Path, table: bytes) -> None:
    data = bytearray(kit_face())
    at = data.index(table, 12)
    struct.pack_into(">L", data, at + 12, 5)  # the table's length
    outcome = open_faces(catalog(tmp_path, FILE, bytes(data)), ["song"])
    assert outcome.value is not None
    for face in outcome.value.all():
        assert face.descriptor.postscript_name
