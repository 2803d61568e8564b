"""How long do shaping and breaking take (排字用时)? `python benchmarks/typography.py`: 10,080 clusters at 14 字.

Each stage is run five times and the least time is printed, beside what it may take.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from layout_engine.base.diagnostics import Findings, Span  # noqa: E402
from layout_engine.base.source import read_at  # noqa: E402
from layout_engine.content.model import Part  # noqa: E402
from layout_engine.faces.face import Face, FaceEntry  # noqa: E402
from layout_engine.faces.fallback import FaceChain, Faces  # noqa: E402
from layout_engine.spec.resolved import TextStyle  # noqa: E402
from layout_engine.typography.breaker import break_paragraph  # noqa: E402
from layout_engine.typography.first_fit import first_fit, set_first_fit  # noqa: E402
from layout_engine.typography.shape import shape_part  # noqa: E402

EM = 9 * 65_536
PARAGRAPHS, CLUSTERS, MEASURE = 56, 180, 14
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
    """The least time of five runs, in milliseconds."""
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times) * 1000


def main() -> None:
    span = Span("benchmark")
    entry = FaceEntry(key="song", file="noto-serif-sc/NotoSerifSC-Regular.ttf", licence="", credit="", span=span)
    face = Face(entry, ROOT / "fonts" / entry.file, 1000)
    faces = Faces([FaceChain("song", "书宋", (face,))])
    style = TextStyle("body", "song", EM, EM, EM, 0, "black", "justify", 1, 1, False, 0, 0, 100, 100, "song", "song", 1,
                      1, True, span)  # fmt: skip
    parts = [Part(f"body-{i}", "body", read_at(copy_text(i), "a.md", 1, 1)) for i in range(PARAGRAPHS)]

    def shape() -> list:
        return [shape_part(part, style, EM, faces, Findings()) for part in parts]

    begin = time.perf_counter()
    shaped = shape()
    print(f"first shaping, tables and face opened {(time.perf_counter() - begin) * 1000:6.1f} ms")
    measures = [MEASURE * EM]
    indent = 2 * EM
    print(f"shape                        {least_ms(shape):6.1f} ms  (20)")
    print(
        f"first fit, lines found       {least_ms(lambda: [first_fit(one, measures, indent) for one in shaped]):6.1f} ms"
    )
    fit = least_ms(lambda: [set_first_fit(one, measures, indent=indent) for one in shaped])
    print(f"first fit, lines set         {fit:6.1f} ms  (5)")
    best = least_ms(lambda: [break_paragraph(one, measures, indent=indent) for one in shaped])
    print(f"optimum                      {best:6.1f} ms  (45)")
    uneven = [14 * EM] * 3 + [9 * EM] * 4 + [14 * EM]
    best = least_ms(lambda: [break_paragraph(one, uneven, indent=indent) for one in shaped])
    print(f"optimum, lines of two widths {best:6.1f} ms")


if __name__ == "__main__":
    main()
