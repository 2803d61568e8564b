"""报眉: the date line, on one line between rules (TY-39: it is never broken)."""

from layout_engine.base.geometry import Rect
from layout_engine.base.marks import Rule
from layout_engine.page.accounts import account_for
from layout_engine.page.dress import dress, inside, weight
from layout_engine.page.model import PlacedLine, RegionLayout
from layout_engine.page.regions.kind import Composing
from layout_engine.page.slots import ASCENT_PERMILLE
from layout_engine.page.stack import typed_part
from layout_engine.spec.model_regions import FolioRegion, FrameRule
from layout_engine.spec.resolved import Region
from layout_engine.typography.justify import set_single_line
from layout_engine.typography.model import ShapedParagraph
from layout_engine.typography.shape import shape_part

_SPACES = " \u3000"


def compose_folio(region: Region, desk: Composing) -> RegionLayout:
    """One line in the middle of the region's height; `spread` puts its pieces, parted by spaces, over the width."""
    spec = region.spec
    assert isinstance(spec, FolioRegion)
    content = inside(desk.page.grid, region, region.rect)
    style = desk.style(spec.style)
    part = typed_part(desk.page.number, region.id, "text", region.texts["text"])
    shaped = shape_part(part, style, style.size_most, desk.faces, desk.findings)
    pieces = _pieces(shaped) if spec.align == "spread" else [(0, len(shaped))]
    set_lines = [set_single_line(shaped, first, last) for first, last in pieces]
    spare = content.width - sum(line.width for line in set_lines)
    if spare < 0:
        desk.findings.add("page/folio-too-wide", region.spans.get("text", region.span), text=part.text)
        spare = 0
    rules = _rules(region, spec, desk)
    if region.rect.height - sum(rule.rect.height for rule in rules) < style.size_most:
        desk.findings.add("page/text-too-tall", region.spans.get("text", region.span), region=region.id)
    gaps = max(1, len(set_lines) - 1)
    x = content.x + {"right": spare, "centre": spare // 2}.get(spec.align, 0)
    baseline = content.y + (content.height - style.size_most) // 2 + style.size_most * ASCENT_PERMILLE // 1000
    lines = []
    for number, line in enumerate(set_lines):
        moved = spare * number // gaps if spec.align == "spread" else 0
        lines.append(PlacedLine(shaped, line, x + moved, baseline, style.ink))
        x += line.width
    return RegionLayout(
        region,
        region.rect,
        lines=tuple(lines),
        behind=(*dress(desk.page.grid, region, region.rect), *rules),
        accounts=(account_for(part, region.id, [(shaped, line) for line in set_lines]),),
    )


def _pieces(shaped: ShapedParagraph) -> list[tuple[int, int]]:
    """The ranges of clusters between the runs of spaces."""
    pieces = []
    start = 0
    for cluster in range(len(shaped) + 1):
        if cluster == len(shaped) or shaped.text[shaped.starts[cluster]] in _SPACES:
            if cluster > start:
                pieces.append((start, cluster))
            start = cluster + 1
    return pieces


def _rules(region: Region, spec: FolioRegion, desk: Composing) -> list[Rule]:
    rules: list[Rule] = []
    rect = region.rect
    if isinstance(spec.rule_above, FrameRule):
        thick = weight(desk.page.grid, spec.rule_above)
        rules.append(Rule(Rect(rect.x, rect.y, rect.width, thick), spec.rule_above.ink))
    if isinstance(spec.rule_below, FrameRule):
        thick = weight(desk.page.grid, spec.rule_below)
        rules.append(Rule(Rect(rect.x, rect.bottom - thick, rect.width, thick), spec.rule_below.ink))
    return rules
