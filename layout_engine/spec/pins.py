"""Files that may not change from issue to issue (固定美术): a nameplate, an emblem, a standing advertisement.

The house names each with its hash, so that nobody prints another drawing under the same name without saying so.
"""

from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.base.yaml_nodes import YamlDocument
from layout_engine.spec.files import IssueFolder
from layout_engine.spec.model import House
from layout_engine.spec.resolved import Pin

_SIGN: Final = "sha256:"


def read_pins(house: House, document: YamlDocument, folder: IssueFolder, found: Findings) -> dict[str, Pin]:
    """The pinned files by their labels; one that is not there is told."""
    pins = {}
    for name, written in house.pins.items():
        span = document.key_span(("pins", name))
        label = folder.locate(name, document.file, span, "issues")
        if label is not None:
            pins[label] = Pin(written.removeprefix(_SIGN) or None, span)
    return pins
