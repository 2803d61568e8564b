"""Write docs/diagnostics.md from the catalogue: every finding, what it means and what to do, in both languages.

python docs/make_diagnostics.py
"""

from collections.abc import Iterator
from pathlib import Path

from layout_engine.base.codes import CodeEntry, area, areas
from layout_engine.cli.explain import plain
from layout_engine.cli.report import SEVERITIES

PAGE = Path(__file__).with_name("diagnostics.md")

AREAS = {
    "ad": ("广告来件", "placed advertisements"),
    "art": ("矢量图", "placed art"),
    "build": ("出版", "the build"),
    "cli": ("命令行", "the command line"),
    "copy": ("稿件", "the copy"),
    "diff": ("比对", "two versions compared"),
    "face": ("字体", "faces"),
    "furniture": ("报头报眉", "dates and numbers on the page"),
    "guard": ("编校把关", "editors' guards"),
    "headline": ("标题", "headlines"),
    "ink": ("油墨", "ink and the press"),
    "ledger": ("文字账", "the ledger"),
    "page": ("版面", "the page"),
    "pdf": ("输出", "the PDF"),
    "photo": ("图片", "pictures"),
    "plates": ("分色版", "the plates"),
    "preflight": ("印前检查", "the finished PDF"),
    "record": ("版面存档", "records of pages"),
    "release": ("付印", "release"),
    "remarks": ("批注", "remarks on proofs"),
    "sign": ("签样", "sign-off"),
    "spec": ("版样", "the spec"),
    "store": ("版次库", "the revision store"),
    "type": ("排字", "type"),
    "yaml": ("YAML 文件", "YAML files"),
}
HEAD = """# 诊断代码 · Diagnostics

<!-- Written by docs/make_diagnostics.py from layout_engine/base/codes/*.toml: change the catalogue, not this page. -->

引擎发现的每个问题都有一个代码。错误（error）挡住排版或付印；警告（warning）请人看一眼；说明（note）只是告知。
命令行里看同样的内容：`layout-engine explain 代码`。〈〉里是具体的名字和数。

Everything that the engine finds has a code. An error stops the page or its release, a warning asks for a look, a note
only tells. `layout-engine explain CODE` shows the same on the command line. Names and numbers stand in 〈〉.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    for name in areas():
        zh, en = AREAS[name]
        yield f"- [`{name}/`](#{name}) {zh} · {en}: {len(area(name))}"
    for name in areas():
        zh, en = AREAS[name]
        yield f'\n<a id="{name}"></a>\n\n## {name}/ {zh} · {en}'
        for code, entry in area(name).items():
            yield from _entry(code, entry)


def _entry(code: str, entry: CodeEntry) -> Iterator[str]:
    zh, en = SEVERITIES[entry.severity]
    yield f"\n### {code}\n"
    yield f"{zh} · {en}\n"
    yield f"> {_inline(plain(entry.zh))}\n>\n> {_inline(plain(entry.en))}\n"
    yield f"{_inline(entry.explain_zh.strip())}"
    yield from (f"- {_inline(plain(hint))}" for hint in entry.hint_zh)
    yield f"\n{_inline(entry.explain_en.strip())}"
    yield from (f"- {_inline(plain(hint))}" for hint in entry.hint_en)
    for title, example in (("会报 · provokes it", entry.fails), ("不报 · passes", entry.passes)):
        if example.strip():
            fence = "````" if "```" in example else "```"
            yield f"\n{title}:\n\n{fence}text\n{example.strip(chr(10))}\n{fence}"


def _inline(text: str) -> str:
    """Text that Markdown would take for marks, kept as it is."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
