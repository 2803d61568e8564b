"""The record that a proof carries inside it (随样存档), taken out of a PDF that came by mail."""

from io import BytesIO
from typing import Any, Final

import pikepdf

from layout_engine.adverts.limits import WRONG_KIND, qpdf_bounded
from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.scene.record import FILE_NAME, MAX_BYTES, PageRecord, decode_record, unpack_record

MAX_FILE: Final = 500_000_000
_MAX_ATTACHED: Final = 100
_FLATE: Final = "/FlateDecode"



def carried_record(data: bytes) -> Outcome[PageRecord]:
    """The record in the PDF `data`; None without a finding where it carries none, None with one where it is damaged."""
    with qpdf_bounded():
        try:
            with pikepdf.open(BytesIO(data), suppress_warnings=True, attempt_recovery=False) as pdf:
                return record_of(pdf)
        except pikepdf.PasswordError:
            return Outcome(None, (diagnose("record/not-a-pdf", None, reason="encrypted"),))
        except (pikepdf.PikepdfError, *WRONG_KIND) as error:
            return Outcome(None, (diagnose("record/not-a-pdf", None, reason=type(error).__name__),))


def record_of(pdf: pikepdf.Pdf) -> Outcome[PageRecord]:
    """The same of a PDF that is open."""
    stream = _attached(pdf)
    if stream is None:
        return Outcome(None)
    packing = _packing(stream)
    if int(stream.get("/Length", 0)) > MAX_BYTES or packing is None:
        return Outcome(None, (diagnose("record/unreadable", None, reason="not packed as a record is"),))
    data = stream.read_raw_bytes()
    return unpack_record(data) if packing else decode_record(data)


def _packing(stream: Any) -> str | None:
    """The one filter of the stream; empty where a program that people marked it with took it off, None for others."""
    said = stream.get("/Filter")
    filters = [str(said)] if isinstance(said, pikepdf.Name) else [str(said[at]) for at in range(len(said or ()))]
    if stream.get("/DecodeParms") is not None or filters not in ([], [_FLATE]):
        return None
    return filters[0] if filters else ""


def _attached(pdf: pikepdf.Pdf) -> Any:
    """The stream of the attachment that bears a record's name."""
    root: Any = pdf.Root
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", ())
    for at in range(0, min(len(names), 2 * _MAX_ATTACHED) - 1, 2):
        if str(names[at]) == FILE_NAME:
            return names[at + 1].EF.F
    return None
