"""How long do shaping, breaking and flow take (排字用时)? `python benchmarks/typography.py`: 10,080 characters.

Each stage is run several times and its least CPU time is printed, beside what it may take. The sum is that of a story
set as a page sets it: shaped, and poured into columns that end level; what the flow adds to the breaking is told too.
"""

import gc
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from layout_engine.base.diagnostics import Findings, Span  # noqa: E402
from layout_engine.base.geometry import Rect  # noqa: E402
from layout_engine.base.source import read_at  # noqa: E402
from layout_engine.content.model import Part  # noqa: E402
from layout_engine.faces.face import Face, FaceEntry  # noqa: E402
from layout_engine.faces.fallback import FaceChain, Faces  # noqa: E402
from layout_engine.page.balance import pour_level  # noqa: E402
from layout_engine.page.pour import Block  # noqa: E402
from layout_engine.page.slots import column_slots, text_columns  # noqa: E402
from layout_engine.spec.resolved import Grid, TextStyle  # noqa: E402
from layout_engine.typography.breaker import break_paragraph  # noqa: E402
from layout_engine.typography.first_fit import first_fit, set_first_fit  # noqa: E402
from layout_engine.typography.shape import shape_part  # noqa: E402

EM = 9 * 65_536
ROW = 12 * 65_536
PARAGRAPHS, CLUSTERS, MEASURE = 56, 180, 14
COLUMNS, ROWS = 10, 82  # two pages of five columns
RUNS = 9
WORDS = [
    *("即墨区", "商务局", "今年", "全区", "实现", "外贸", "进出口", "总额", "增长", "达到", "亿元"),
    *("占比", "海洋", "经济", "项目", "加快", "推进", "记者", "获悉", "我们", "一个", "城市", "服务", "群众"),
]
WESTERN = ("5月20日", "18.4%", "C919", "2,000", "0532-86567888", "1+3", "ABC", "63%～68%", "2024年")
AFTER = ("，", "，", "，", "、", "。", "。", "；", "：“", "”，", "《", "》", "（", "）", "——", "……")


def copy_text(seed: int) -> str:
    """A paragraph of newspaper-like copy of so many characters: about one mark in nine, some western."""
    chance = random.Random(seed)
    text = ""
    while len(text) < CLUSTERS:
        text += "".join(chance.choices(WORDS, k=chance.randint(2, 6)))
        if chance.random() < 0.25:
            text += chance.choice(WESTERN)
        text += chance.choice(AFTER)
    return text[: CLUSTERS - 1] + "。"


def least_ms(work: Callable[[], object]) -> float:
    """The least CPU time of some runs, in milliseconds: others may be at work on the machine."""
    times = []
    for _ in range(RUNS):
        gc.collect()
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times) * 1000


def main() -> None:
    gc.disable()  # as in a build
    span = Span("benchmark")
    entry = FaceEntry(key="song", file="noto-serif-sc/NotoSerifSC-Regular.ttf", licence="", credit="", span=span)
    face = Face(entry, ROOT / "fonts" / entry.file, 1000)
    faces = Faces([FaceChain("song", "书宋", (face,))])
    style = TextStyle(
        name="body", face="song", size_least=EM, size_most=EM, leading=ROW, indent=2 * EM, ink="black",
        align="justify", lines_least=1, lines_most=1, fit=False, tracking_least=0, tracking_most=0, narrow_least=100,
        narrow_most=100, emphasis="song", strong="song", rows_least=1, rows_most=1,
        half_digits=True, span=span,
    )  # fmt: skip
    parts = [Part(f"body-{i}", "body", read_at(copy_text(i), "a.md", 1, 1)) for i in range(PARAGRAPHS)]
    width = COLUMNS * MEASURE * EM + (COLUMNS - 1) * EM
    area = Rect(0, 0, width, (ROWS - 1) * ROW + EM)
    grid = Grid(area, COLUMNS, MEASURE * EM, EM, ROWS, ROW, EM)
    chain = column_slots(grid, text_columns(grid, area, COLUMNS))

    def shape() -> list:
        return [shape_part(part, style, EM, faces, Findings()) for part in parts]

    begin = time.process_time()
    shaped = shape()
    print(f"first shaping, tables and face opened {(time.process_time() - begin) * 1000:6.1f} ms\n")
    blocks = [Block(one, style) for one in shaped]
    measures, indent = [MEASURE * EM], 2 * EM
    uneven = [14 * EM] * 3 + [9 * EM] * 4 + [14 * EM]

    shaping = least_ms(shape)
    best = least_ms(lambda: [break_paragraph(one, measures, indent=indent) for one in shaped])
    flow = least_ms(lambda: pour_level(blocks, chain))
    print(f"shape                        {shaping:6.1f} ms  (20)")
    print(f"break, the optimum           {best:6.1f} ms  (25)")
    print(f"flow, level columns          {flow - best:6.1f} ms  (15)  beyond the breaking")
    print(f"all three                    {shaping + flow:6.1f} ms  (60)\n")

    found = least_ms(lambda: [first_fit(one, measures, indent) for one in shaped])
    fit = least_ms(lambda: [set_first_fit(one, measures, indent=indent) for one in shaped])
    two = least_ms(lambda: [break_paragraph(one, uneven, indent=indent) for one in shaped])
    longer = least_ms(lambda: [break_paragraph(one, measures, indent=indent, looseness=1) for one in shaped])
    print(f"first fit, lines found       {found:6.1f} ms")
    print(f"first fit, lines set         {fit:6.1f} ms")
    print(f"optimum, lines of two widths {two:6.1f} ms")
    print(f"optimum, a line longer       {longer:6.1f} ms")


if __name__ == "__main__":
    main()
