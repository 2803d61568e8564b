"""The report as one HTML file (网页报告): opens from the disk, asks nothing of any network, runs nothing but its own.

`page/` holds what it is assembled from. Text of the paper stands in the file as JSON, in which no `<` occurs, and is
put into the page as text, never as markup; what may run is named to the browser by its hash.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Lang
from layout_engine.diff.model import Comparison, Edition
from layout_engine.diff_report.facts import gather_facts
from layout_engine.diff_report.shown import draw_pictures

_PARTS: Final = Path(__file__).parent / "page"
_SCRIPTS: Final = ("words.js", "view.js", "marks.js", "list.js", "main.js")  # each uses those before it
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


def html_report(comparison: Comparison, old: Edition, new: Edition, lang: Lang) -> bytes:
    """The report; it opens in `lang`, and can be switched to the other."""
    pictures = draw_pictures(old, new, comparison.pages)
    facts = _ENCODER.encode(gather_facts(comparison, old, new, pictures)).decode()
    style = _part("report.css")
    script = "\n".join(('"use strict";', "(() => {", *map(_part, _SCRIPTS), "})();"))
    blocks = (
        f'<script type="text/plain" id="picture-{number}">{b64encode(one.webp).decode()}</script>'
        for number, one in enumerate(pictures.pictures)
    )
    parts = {
        "lang": "zh-CN" if lang == "zh" else "en",
        "policy": (
            f"default-src 'none'; img-src data:; style-src '{_allowed(style)}'; script-src '{_allowed(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        "style": style,
        "facts": facts.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "pictures": "\n".join(blocks),
        "script": script,
    }
    before, *rest = _part("report.html").split("{{")
    filled = [before]
    for piece in rest:  # one pass: what was filled in is not looked into again
        key, _, after = piece.partition("}}")
        filled += (parts[key], after)
    return "".join(filled).encode()


def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8").rstrip("\n")


def _allowed(text: str) -> str:
    """The source expression by which a browser knows an inline block (CSP 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
