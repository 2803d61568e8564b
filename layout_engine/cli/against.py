"""Against which profile a finished PDF is held (按哪种规格): the one asked for, else that of the standard it claims."""

from pathlib import Path
from typing import Annotated, Final

from layout_engine.base.diagnostics import Findings, Outcome
from layout_engine.cli.options import Told
from layout_engine.pdf.profile import Profile, find_profile
from layout_engine.preflight.inspect_file import claimed_standard
from layout_engine.spec.files import IssueFolder
from layout_engine.spec.printer import names_a_file, printer_alone

AgainstProfile = Annotated[
    str | None,
    Told(
        "按哪种规格检查：pdfx4、pdfx1a、proof，或印厂的规格文件（默认按文件自称的，否则 pdfx4）",
        "profile: pdfx4, pdfx1a, proof, or a printer's own as a file (what the PDF claims by default, else pdfx4)",
        "NAME|FILE.yaml",
    ),
]

_CLAIMS: Final = {"X4": "pdfx4", "X1a": "pdfx1a"}
_DEFAULT: Final = "pdfx4"


def profile_for(asked: str | None, path: Path) -> Outcome[Profile]:
    """The profile that is asked for, else that of the standard which the file claims."""
    if asked is None:
        return find_profile(_CLAIMS.get(claimed_standard(path) or "", _DEFAULT))
    if not names_a_file(asked):
        return find_profile(asked)
    found = Findings()
    name, says = printer_alone(asked, IssueFolder(".", found), found)
    profile = find_profile(name, says)
    return Outcome(profile.value, (*found.all(), *profile.diagnostics))
