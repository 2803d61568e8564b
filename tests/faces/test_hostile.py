"""Law: whatever lies in a font file, opening it ends in a face or in a finding, never in an exception."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout_engine.base.diagnostics import Findings, Span
from layout_engine.faces.face import FaceEntry
from layout_engine.faces.opening import open_face
from tests.faces.made import cff2_variable_face, collection
from tests.kit.face import plain_face

SOUND = (plain_face("中，A"), cff2_variable_face("中"), collection(plain_face("中"), plain_face("文")))
ENTRY = FaceEntry(key="a", file="a.ttf", licence="x", credit="", span=Span("fonts/fonts.yaml"))
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _never_raises(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.ttf"
    path.unlink(missing_ok=True)  # a new file each time: a mapped one is not to change under HarfBuzz
    path.write_bytes(data)
    found = Findings()
    face = open_face(path, ENTRY, found)
    assert (face is None) == (len(found) > 0)
    if face is not None:
        face.glyph(ord("中"))
        assert face.descriptor.postscript_name


@FEW
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    _never_raises(tmp_path, data)


@FEW
@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 2000),
)
def test_a_sound_face_with_damage(tmp_path: Path, face: bytes, damage: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(face)
    for at, value in damage:
        data[at % len(data)] = value
    _never_raises(tmp_path, bytes(data[: max(0, len(data) - cut % 50)]))
