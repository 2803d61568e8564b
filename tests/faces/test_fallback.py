"""The chain of a role: first come, by rule, by need, or not at all."""

from pathlib import Path

import pytest

from layout_engine.base.diagnostics import Span
from layout_engine.faces.fallback import FaceChain
from layout_engine.faces.opening import open_faces
from tests.kit.face import plain_face

CATALOG = """
faces:
  kai: {file: kai.ttf, licence: x, not_for: "“”—"}
  song: {file: song.ttf, licence: x}
  rare: {package: rare_faces, file: rare.ttf, licence: x}
roles:
  kai: {title: 楷体, faces: [kai, song, rare]}
"""
HERE = Span("articles/lead.md", 3, 7)


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FaceChain:
    """Kai has 中“”, Song has 中文“, the extra face has 㷓."""
    (tmp_path / "kai.ttf").write_bytes(plain_face("中“”"))
    (tmp_path / "song.ttf").write_bytes(plain_face("中文“"))
    (tmp_path / "rare_faces").mkdir()
    (tmp_path / "rare_faces" / "rare.ttf").write_bytes(plain_face("㷓"))
    (tmp_path / "fonts.yaml").write_text(CATALOG, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    outcome = open_faces(tmp_path, ["kai"])
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value.chain("kai")


@pytest.mark.parametrize(
    ("text", "face", "code"),
    [
        pytest.param("中", "kai", None, id="first"),
        pytest.param("“", "song", None, id="by-rule"),
        pytest.param("文", "song", "face/other-face", id="by-need"),
        pytest.param("㷓", "rare", "face/rare-character", id="rare"),
        pytest.param("龘", None, "face/missing-character", id="none"),
        pytest.param("”", None, "face/missing-character", id="kept-from-the-only-face-that-has-it"),
        pytest.param("中\u200d", "kai", None, id="joiner-needs-no-glyph"),
        pytest.param("中\U000e0100", None, "face/missing-character", id="variant-that-no-face-has"),
    ],
)
def test_the_first_face_that_may_sets_it_and_the_rest_is_told(
    chain: FaceChain, text: str, face: str | None, code: str | None
) -> None:
    found, finding = chain.face_for(text), chain.finding(text, HERE)
    assert (found and found.key, finding and finding.code) == (face, code)


def test_a_missing_character_names_itself_its_place_and_the_faces_asked(chain: FaceChain) -> None:
    finding = chain.finding("龘", HERE)
    assert finding is not None
    assert str(finding.span) == "articles/lead.md:3:7"
    assert finding.message("zh") == "“龘”（U+9F98）：楷体的字体里没有这个字"
    assert "kai → song → rare" in str(finding.hint("zh"))


def test_the_hint_names_the_package_that_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "kai.ttf").write_bytes(plain_face("中"))
    (tmp_path / "song.ttf").write_bytes(plain_face("中"))
    (tmp_path / "fonts.yaml").write_text(CATALOG, encoding="utf-8")
    outcome = open_faces(tmp_path, ["kai"])
    assert outcome.value is not None
    finding = outcome.value.chain("kai").finding("㷓", HERE)
    assert finding is not None
    assert "layout-engine[rare]" in str(finding.hint("en"))
