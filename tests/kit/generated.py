"""Pages made up by Hypothesis (随机版面): regions of many kinds and shapes side by side, with copy of any length."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from layout_engine.base.units import read_length
from layout_engine.content.model import Photo, Story
from layout_engine.spec.model_regions import (
    AdRegion,
    ArticleRegion,
    BoxRegion,
    BriefRegion,
    FolioRegion,
    FrameRule,
    HeadlineSpec,
    PhotoRegion,
    RegionSpec,
    StoryRegion,
    TintSpec,
    TypedLine,
)
from tests.kit.pages import photo, story

MISSING = "ㄅ"  # no face of the kit has it
WORDS = (
    *("春天", "的风", "吹过", "田野，", "“村庄”", "河流。", "《山川》", "（图）", "、", "……", "——"),
    *("2024年", "18.4%", "GDP ", MISSING),
)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(lambda words: "山" + "".join(words).strip())
headlines = st.lists(st.sampled_from(("春风", "吹绿", "田野", "，", "2024年")), min_size=1, max_size=6).map("山".join)
paragraphs = st.lists(st.one_of(texts, st.just("## 小标题")), min_size=1, max_size=5)
frames = st.sampled_from([{}, {"frame": FrameRule(rule=read_length("1pt"))}, {"tint": TintSpec(ink="red", percent=10)}])


@st.composite
def stories(draw: st.DrawFn, name: str) -> Story:
    """A story with any of its parts."""
    kinds = draw(st.sets(st.sampled_from(("kicker", "headline", "deck", "note"))))
    parts = {kind: draw(headlines) for kind in sorted(kinds)}
    return story(name, *draw(paragraphs), byline=draw(st.sampled_from(("", "（王静　刘帅）"))), **parts)


def headline_specs() -> st.SearchStrategy[HeadlineSpec]:
    return st.builds(
        HeadlineSpec,
        style=st.just("head"),
        kicker=st.just("small"),
        deck=st.just("small"),
        note=st.just("typed"),
        place=st.sampled_from(("top", "left", "right")),
        over=st.sampled_from(("all", 1, 2)),
        direction=st.sampled_from(("horizontal", "vertical")),
        align=st.sampled_from(("left", "centre", "right")),
    )


@st.composite
def region_specs(draw: st.DrawFn, name: str, columns: str, rows: str) -> tuple[RegionSpec, Story | Photo | None]:
    """A region of any kind at this place, and its copy."""
    place: dict[str, Any] = {"id": name, "columns": columns, "rows": rows, **draw(frames)}
    kind = draw(st.sampled_from(("story", "article", "brief", "photo", "ad", "folio")))
    if kind == "photo":
        sizes = draw(st.integers(50, 3000)), draw(st.integers(50, 3000))
        crop = draw(st.sampled_from(("fill", "fit")))
        return PhotoRegion(photo=name, crop=crop, **place), photo(name, *sizes, draw(texts), draw(headlines))
    if kind == "ad":
        return AdRegion(lines=(TypedLine(text=draw(headlines), style="typed"),), **place), None
    if kind == "folio":
        return FolioRegion(text=draw(headlines), style="folio", align="spread", **place), None
    copy = draw(stories(name))
    if kind == "brief":
        return BriefRegion(story=name, **place), copy
    count = {"text_columns": draw(st.integers(1, 3))} if draw(st.booleans()) else {}
    if kind == "article":
        return ArticleRegion(story=name, balance=draw(st.booleans()), **count, **place), copy
    headline = {"headline": draw(headline_specs())} if draw(st.booleans()) else {}
    return StoryRegion(story=name, balance=draw(st.booleans()), **headline, **count, **place), copy


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[RegionSpec], list[Story | Photo]]:
    """Four regions that share the page between them, the lower ones open-ended now and then."""
    right, below = draw(st.integers(2, 4)), draw(st.integers(6, 30))
    specs: list[RegionSpec] = []
    copy: list[Story | Photo] = []
    for name, columns, rows in (
        ("a", f"1-{right}", f"1-{below}"),
        ("b", f"{right + 1}-5", f"1-{below}"),
        ("c", f"1-{right}", f"{below + 1}+" if draw(st.booleans()) else f"{below + 1}-40"),
        ("d", f"{right + 1}-5", f"{below + 1}+" if draw(st.booleans()) else f"{below + 1}-40"),
    ):
        spec, its_copy = draw(region_specs(name, columns, rows))
        specs.append(spec)
        copy += [its_copy] if its_copy is not None else []
        if isinstance(spec, StoryRegion | ArticleRegion) and draw(st.booleans()):
            specs.append(draw(insets(name, columns, rows)))
    return specs, copy


@st.composite
def insets(draw: st.DrawFn, host: str, columns: str, rows: str) -> RegionSpec:
    """A region that stands somewhere inside the text of its host, which has these columns and rows."""
    left, right = (int(end) for end in columns.split("-"))
    top, bottom = (int(end) for end in rows.replace("+", "-40").split("-"))
    first, upper = draw(st.integers(left, right)), draw(st.integers(top, bottom))
    last, lower = draw(st.integers(first, right)), draw(st.integers(upper, bottom))
    gap = read_length(draw(st.sampled_from(("0.5字", "1字"))))
    return BoxRegion(
        id=f"in-{host}", columns=f"{first}-{last}", rows=f"{upper}-{lower}", inside=host, gap=gap or msgspec.UNSET
    )
