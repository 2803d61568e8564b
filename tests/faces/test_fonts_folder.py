"""The faces that come with the project: complete, licensed, and what their notices say."""

import hashlib
from pathlib import Path

import pytest
import uharfbuzz as hb

from layout_engine.faces.catalog import read_catalog
from layout_engine.faces.coverage import read_charset, report_fonts
from layout_engine.faces.face import Face
from layout_engine.faces.opening import open_faces

FONTS = Path(__file__).parents[2] / "fonts"
FILES = sorted(FONTS.glob("*/*.ttf"))
ROLES = ("song", "song-bold", "song-heavy", "hei", "hei-bold", "kai", "latin")
MAX_TOGETHER = 25_000_000


@pytest.fixture(scope="module")
def faces() -> dict[str, Face]:
    outcome = open_faces(FONTS, ROLES)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return {role: outcome.value.chain(role).faces[0] for role in ROLES}


def test_every_role_but_the_users_own_opens_without_a_finding(faces: dict[str, Face]) -> None:
    assert len({face.path for face in faces.values()}) == 6


def test_the_charsets_are_complete() -> None:
    assert [len(set(read_charset(name))) for name in ("gb2312", "tonggui")] == [6763 + 682, 8105]


def test_every_face_covers_both_standard_sets() -> None:
    report = report_fonts(FONTS).value
    assert report is not None
    lacking = [(one.entry.key, c.charset, c.lacking) for one in report.faces for c in one.coverage if c.lacking]
    assert lacking == []


def test_fangsong_waits_for_the_user() -> None:
    if (FONTS / "user" / "FangSong.otf").exists():
        pytest.skip("filled on this machine")
    (finding,) = open_faces(FONTS, ["fangsong"]).diagnostics
    assert (finding.code, finding.severity) == ("face/role-empty", "error")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_notice_beside_a_face_gives_its_sha256(file: Path) -> None:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert f"| {file.name} | `{digest}`" in (file.parent / "NOTICE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_licence_lies_beside_a_face(file: Path) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (file.parent / "OFL.txt").read_text(encoding="utf-8")


def test_all_faces_together_stay_small() -> None:
    assert sum(file.stat().st_size for file in FILES) < MAX_TOGETHER


def test_every_vendored_file_is_in_the_catalogue() -> None:
    catalog = read_catalog(FONTS).value
    assert catalog is not None
    named = {entry.file for entry in catalog.faces.values() if entry.package is None}
    assert {file.relative_to(FONTS).as_posix() for file in FILES} <= named


def test_the_renamed_kai_bears_no_reserved_name(faces: dict[str, Face]) -> None:
    face = faces["kai"].hb_face
    reserved = [
        f"{one.name_id}: {text}"
        for one in face.list_names()
        if one.name_id in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25)
        and any(name in (text := face.get_name(one.name_id, one.language) or "") for name in ("LXGW", "霞鹜"))
    ]
    assert reserved == []
    assert faces["kai"].descriptor.postscript_name == "JimoKai-Regular"


@pytest.mark.parametrize("role", ["song", "song-bold", "song-heavy", "hei", "hei-bold"])
def test_the_features_of_chinese_setting_survive_the_subset(faces: dict[str, Face], role: str) -> None:
    assert _shaped(faces[role], "。", "ttb", {}) != _shaped(faces[role], "。", "ltr", {})
    assert _advance(faces[role], "。", {}) == 1000
    assert _advance(faces[role], "。", {"halt": True}) == 500
    assert _advance(faces[role], "2024", {"hwid": True}) == 2000


def test_kai_is_kept_from_its_narrow_quotation_marks() -> None:
    faces = open_faces(FONTS, ["kai"]).value
    assert faces is not None
    chain = faces.chain("kai")
    assert [face.key for c in "即“”‘’—…。" if (face := chain.face_for(c))] == ["kai", *["song"] * 6, "kai"]


def _shaped(face: Face, text: str, direction: str, features: dict[str, bool]) -> list[int]:
    return [one.codepoint for one in _buffer(face, text, direction, features).glyph_infos]


def _advance(face: Face, text: str, features: dict[str, bool]) -> int:
    return sum(one.x_advance for one in _buffer(face, text, "ltr", features).glyph_positions)


def _buffer(face: Face, text: str, direction: str, features: dict[str, bool]) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = direction, "Hani", "zh-Hans"
    hb.shape(face.hb_font, buffer, features)
    return buffer
