"""What an advertiser's file holds besides the page (随带): programs, annotations, forms, files, layers, its own press.

None of it is carried over. A program refuses the whole file; what could be seen and will not be printed is told.
"""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from layout_engine.adverts.model import Fact
from layout_engine.base.diagnostics import Findings, Span

_CONTAINERS: Final = (pikepdf.Dictionary, pikepdf.Array)
_LINK: Final = "/Link"
_POPUP: Final = "/Popup"
_HIDDEN: Final = 2 | 32  # annotation flags Hidden, NoView
_MOST_LAYERS: Final = 1_000
_VISIBLE_KINDS: Final = 8


def look_into_baggage(pdf: pikepdf.Pdf, page: Any, file: str, asked_at: Span, found: Findings) -> None:
    """Tell of what stays behind, and of what no file may hold."""
    if any(_acts(one) for one in pdf.objects):
        found.add("ad/javascript", asked_at, file=file)
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        found.add("ad/left-behind", asked_at, file=file, what="EmbeddedFiles")
    annotations = page.get("/Annots")
    shown: dict[str, None] = {}
    links = 0
    for one in annotations if isinstance(annotations, pikepdf.Array) else ():
        kind = str(one.get("/Subtype", "/?")) if isinstance(one, pikepdf.Dictionary) else "/?"
        if kind == _LINK and "/AP" not in one:
            links += 1
        elif kind != _POPUP and not int(one.get("/F", 0)) & _HIDDEN:
            shown[kind[1:]] = None
    if shown:
        kinds = ", ".join(list(shown)[:_VISIBLE_KINDS])
        found.add("ad/annotations", asked_at, file=file, kinds=kinds)
    if links:
        found.add("ad/left-behind", asked_at, file=file, what=f"{links} Link")


def check_layers(pdf: pikepdf.Pdf, used: list[Any], file: str, asked_at: Span, found: Findings) -> None:
    """Layers that the page draws on are merged, if all of them are shown; a hidden one would come to light."""
    if not used:
        return
    properties = pdf.Root.get("/OCProperties")
    hidden = _hidden(properties) if isinstance(properties, pikepdf.Dictionary) else frozenset()
    names = dict.fromkeys(
        str(layer.get("/Name", "?")) for one in used for layer in _layers_of(one) if layer.objgen in hidden
    )
    if names or any("/VE" in one for one in used):
        found.add("ad/hidden-layer", asked_at, file=file, layers=", ".join(names)[:80] or "VE")
    else:
        found.add("ad/layers-merged", asked_at, file=file)


def condition_of(pdf: pikepdf.Pdf) -> Iterator[Fact]:
    """For which printing condition the file says that it was made (PR-91)."""
    intents = pdf.Root.get("/OutputIntents")
    for one in intents if isinstance(intents, pikepdf.Array) else ():
        if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == "/GTS_PDFX":
            yield Fact("condition", str(one.get("/OutputConditionIdentifier", "?"))[:60])


def version_of(pdf: pikepdf.Pdf) -> tuple[int, int]:
    """The version that the file claims: the greater of its header's and its catalogue's."""
    claims = [str(pdf.pdf_version), str(pdf.Root.get("/Version", "/"))[1:]]
    versions = []
    for claim in claims:
        major, _, minor = claim.partition(".")
        if major.isdecimal() and minor.isdecimal() and len(claim) <= len("99.99"):
            versions.append((int(major), int(minor)))
    return max(versions, default=(1, 0))


def _acts(value: Any) -> bool:
    """Whether an object is a script, or holds one in itself."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, pikepdf.Array):
            todo += [inner for inner in one if isinstance(inner, _CONTAINERS) and not inner.is_indirect]
        elif isinstance(one, pikepdf.Stream):
            todo.append(one.stream_dict)
        elif isinstance(one, pikepdf.Dictionary):
            if "/JS" in one or str(one.get("/S", "")) == "/JavaScript":
                return True
            todo += [inner for inner in one.values() if isinstance(inner, _CONTAINERS) and not inner.is_indirect]
    return False


def _hidden(properties: Any) -> frozenset[tuple[int, int]]:
    """The layers that are off when the file is opened, or when it is printed."""
    default = properties.get("/D") or pikepdf.Dictionary()
    layers = list(properties.get("/OCGs") or ())[:_MOST_LAYERS]
    is_on = str(default.get("/BaseState", "/ON")) != "/OFF"
    shown = {one.objgen for one in (layers if is_on else default.get("/ON") or ())}
    shown -= {one.objgen for one in default.get("/OFF") or ()}
    for layer in layers:
        usage = layer.get("/Usage")
        printing = usage.get("/Print") if isinstance(usage, pikepdf.Dictionary) else None
        if isinstance(printing, pikepdf.Dictionary) and str(printing.get("/PrintState", "/ON")) == "/OFF":
            shown.discard(layer.objgen)
    return frozenset(one.objgen for one in layers if one.objgen not in shown)


def _layers_of(one: Any) -> Iterator[Any]:
    """The layers that a layer or a condition on layers stands for."""
    inner = one.get("/OCGs")
    if inner is None:
        yield one
    elif isinstance(inner, pikepdf.Array):
        yield from (layer for layer in inner if isinstance(layer, pikepdf.Dictionary))
    elif isinstance(inner, pikepdf.Dictionary):
        yield inner
