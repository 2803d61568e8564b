"""Open an advertiser's PDF (打开来件), or say why it cannot be placed at all: not a PDF, damaged, locked, too large."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf

from layout_engine.adverts.limits import MAX_BYTES, MAX_OBJECTS, WRONG_KIND, BeyondLimitError, qpdf_bounded
from layout_engine.base.diagnostics import Findings, Span

_PDF: Final = b"%PDF-"
_POSTSCRIPT: Final = (b"%!PS", b"\xc5\xd0\xd3\xc6")  # the second: with a preview, as DOS programs wrote it
_ILLUSTRATOR: Final = ".ai"
_POSTSCRIPT_NAMES: Final = (".eps", ".ps", ".epsf")


class RefusedError(Exception):
    """The file cannot be placed; the finding is told."""


@contextmanager
def opened(path: Path, file: str, asked_at: Span, found: Findings) -> Iterator[tuple[pikepdf.Pdf, str]]:
    """The PDF at `path` and the hash of its bytes, within the limits; what goes wrong on the way is told once.

    Raises RefusedError where it cannot be opened or cannot be read to its end.
    """
    data = _bytes(path, file, asked_at, found)
    with qpdf_bounded(), pikepdf.explicit_conversion():
        try:
            with pikepdf.open(BytesIO(data), suppress_warnings=True, attempt_recovery=False) as pdf:
                if pdf.is_encrypted:
                    found.add("ad/encrypted", asked_at, file=file)
                    raise RefusedError
                if len(pdf.objects) > MAX_OBJECTS:
                    raise BeyondLimitError("objects", MAX_OBJECTS)
                yield pdf, sha256(data).hexdigest()
                warnings = [str(one) for one in pdf.get_warnings()]
                if warnings:
                    raise pikepdf.PdfError(warnings[0])
        except pikepdf.PasswordError:
            found.add("ad/encrypted", asked_at, file=file)
        except BeyondLimitError as beyond:
            found.add("ad/beyond-limit", asked_at, file=file, what=beyond.what, most=beyond.most)
        except (pikepdf.PikepdfError, *WRONG_KIND) as error:
            found.add("ad/broken", asked_at, file=file, reason=_words(error))
        else:
            return
    raise RefusedError


def _bytes(path: Path, file: str, asked_at: Span, found: Findings) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        found.add("ad/unreadable", asked_at, file=file, reason=error.strerror or "")
        raise RefusedError from error
    if len(data) > MAX_BYTES:
        found.add("ad/too-large", asked_at, file=file, most=MAX_BYTES // 1_000_000)
    elif data.startswith(_PDF) and not file.lower().endswith(_ILLUSTRATOR):
        return data
    elif file.lower().endswith(_ILLUSTRATOR):
        found.add("ad/illustrator", asked_at, file=file)
    elif data.startswith(_POSTSCRIPT) or file.lower().endswith(_POSTSCRIPT_NAMES):
        found.add("ad/postscript", asked_at, file=file)
    else:
        found.add("ad/not-pdf", asked_at, file=file)
    raise RefusedError


def _words(error: Exception) -> str:
    """The library's reason in one line, without what it calls a file in memory: its address is never the same."""
    words = re.sub(r"(stream )?<_io\.BytesIO object at \w+>[:,]? ?", "", str(error))
    return words[:160].strip() or type(error).__name__
