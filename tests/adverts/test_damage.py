"""Whatever bytes an advertiser's file is damaged in, it is read or refused, and never breaks the reader."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from layout_engine.adverts.reading import copy_advert, read_advert
from layout_engine.base.diagnostics import Span, has_errors
from tests.kit.adverts import add_resource, an_advert, image

ASKED_AT = Span("pages/01.yaml")
WORDS = (
    b"/Type",
    b"/Font",
    b"/Kids",
    b"/Form",
    b"null",
    b"true",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"4 0 R",
    b"-1",
    b"99",
    b"(",
)


def rich(pdf: Pdf, page: Any) -> None:
    """Something of everything."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint])
    form = pdf.make_stream(b"/S1 sh", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    form.Resources = Dictionary(Shading=Dictionary(S1=Dictionary(ShadingType=2, ColorSpace=space, Function=tint)))
    mask = image(pdf, 4, 4, space=Name.DeviceGray)
    add_resource(pdf, page, "ColorSpace", "C1", space)
    add_resource(pdf, page, "XObject", "X1", image(pdf, 4, 4, SMask=pdf.make_indirect(mask)))
    add_resource(pdf, page, "XObject", "X2", form)
    add_resource(pdf, page, "ExtGState", "G1", Dictionary(Type=Name.ExtGState, ca=0.5, OP=True, BM=Name.Multiply))


SOUND = an_advert(b"/G1 gs /C1 cs 1 scn 0 0 9 9 re f /X1 Do /X2 Do", edit=rich, compress_streams=False)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 20), st.sampled_from(WORDS)), min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, wounds: list[tuple[int, bytes]]
) -> None:
    data = bytearray(SOUND)
    for at, word in wounds:
        data[at : at + len(word)] = word
    path = tmp_path_factory.getbasetemp() / "damaged.pdf"
    path.write_bytes(data)
    outcome = read_advert(path, "damaged.pdf", ASKED_AT)
    assert (outcome.value is None) == has_errors(outcome.diagnostics)
    if outcome.value is not None:
        copied = copy_advert(path, outcome.value, ASKED_AT)
        assert (copied.value is None) == has_errors(copied.diagnostics)
