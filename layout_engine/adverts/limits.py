"""How much an advertiser's file may ask of us (限度): bytes, objects, nesting, what its streams unpack to.

Real pages stay far below; what goes beyond them is refused and told, in bounded memory and time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from logging import CRITICAL, getLogger
from typing import Any, Final

from pikepdf.settings import set_qpdf_limits

_QPDF_LOG: Final = "pikepdf._core"

MAX_BYTES: Final = 100_000_000
MAX_OBJECTS: Final = 50_000
MAX_CONTAINERS: Final = 400_000  # arrays and dictionaries, direct ones too
MAX_NESTING: Final = 60  # arrays and dictionaries in one another
MAX_UNPACKED: Final = 64_000_000  # bytes of one stream
MAX_CONTENT: Final = 32_000_000  # bytes of all content streams that are read, forms counted as often as they are drawn
MAX_OPERATORS: Final = 2_000_000
MAX_OPERANDS: Final = 100_000  # of one operator, or in one array
MAX_FUNCTIONS: Final = 8  # functions in one another
MAX_PARTS: Final = 1_000  # functions that one is put together from
MAX_GRADIENTS: Final = 300  # whose ink is measured
MAX_COLOURS: Final = 2_000  # different colours that are converted
MAX_PIXELS: Final = 30_000_000  # of a picture that is converted or measured: a broadsheet's page at 300 ppi
MAX_FORMS: Final = 28  # forms, patterns and masks in one another, as PR-86 has it for q


# A file may put any kind of object anywhere: what is asked of the wrong kind fails in these ways.
WRONG_KIND: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError)


class BeyondLimitError(Exception):
    """The file asks for more than `most` of `what`."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(what)
        self.what = what
        self.most = most


@contextmanager
def qpdf_bounded() -> Iterator[None]:
    """qpdf within our limits and silent, which holds for the process; afterwards both are what they were."""
    log = getLogger(_QPDF_LOG)
    heard = log.level
    before: dict[str, Any] = set_qpdf_limits(
        parser_max_nesting=MAX_NESTING,
        parser_max_container_size=1_000_000,
        doc_max_warnings=50,
        max_stream_filters=4,
        flate_max_memory=MAX_UNPACKED,
        run_length_max_memory=MAX_UNPACKED,
        png_max_memory=MAX_UNPACKED,
        tiff_max_memory=MAX_UNPACKED,
    )
    log.setLevel(CRITICAL)  # what it has to say comes as findings
    try:
        yield
    finally:
        log.setLevel(heard)
        set_qpdf_limits(**before)
