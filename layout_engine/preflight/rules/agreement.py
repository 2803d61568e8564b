"""Do two programs read the same (两种读法): PR-79. Ours by its own interpreter, and PDFium.

Only Han, letters and digits are compared: spaces and hyphens are guessed by every reader in its own way. A page on
which a glyph has no text, or on which something is broken, is told of by other rules and is not compared.
"""

from collections import Counter
from collections.abc import Iterator
from unicodedata import normalize

from layout_engine.preflight.findings import Found
from layout_engine.preflight.limits import MAX_GLYPHS
from layout_engine.preflight.painted import Text
from layout_engine.preflight.painted_page import PaintedPage
from layout_engine.preflight.plane import holds

_SHOWN = 12


def check_second_reader(page: PaintedPage, found: Found) -> None:
    """PR-79: the characters of the page are those that another reader sees."""
    if page.cut_short or page.troubled:
        return
    texts = [one for one in page.items if isinstance(one, Text)]
    if not texts or sum(len(one.codes) for one in texts) > MAX_GLYPHS:
        return
    if any(one.where.within not in ("page", "form") or one.font.is_type3 for one in texts):
        return  # what stands in patterns and masks, or is drawn by procedures, each reader takes as it likes
    paper = page.view.media or page.view.paper
    if any(one.shown is None or not holds(paper, one.box, 0.0) for one in texts if one.box[0] < one.box[2]):
        return  # PR-71, PR-23
    said = [one.font.says(code) for one in texts for code in one.codes]
    if any(one is None for one in said):
        return  # PR-67
    if any(one.reads_as is not None for one in texts):
        said = list(_said(texts))
    other = found.document.second_reader().text(page.view.number)
    if other is None:
        found.add("preflight/second-reader-fails")
        return
    ours, theirs = _countable("".join(one or "" for one in said)), _countable(other)
    if ours != theirs:
        missing, added = ours - theirs, theirs - ours
        found.add(
            "preflight/second-reader", None, None, missing=_listed(missing), added=_listed(added),
            count=missing.total() + added.total(),
        )  # fmt: skip


def _said(texts: list[Text]) -> Iterator[str]:
    """What the glyphs say, and for a stretch that has a text of its own (ActualText) that, once."""
    told: set[int] = set()
    for text in texts:
        if text.reads_as is None:
            yield from (text.font.says(code) or "" for code in text.codes)
        elif id(text.reads_as) not in told:
            told.add(id(text.reads_as))
            yield text.reads_as.text


def _countable(text: str) -> Counter[str]:
    return Counter(one for one in normalize("NFKC", text) if one.isalnum())


def _listed(characters: Counter[str]) -> str:
    return "".join(sorted(characters.elements()))[:_SHOWN] or "–"
