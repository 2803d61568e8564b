"""What a headline group of a story is given (标题组的占行与跨栏): rows to take, text columns to stand over."""

from layout_engine.base.diagnostics import Findings
from layout_engine.spec.model_regions import HeadlineSpec, StoryRegion
from layout_engine.spec.places import Written


def rows_given(headline: HeadlineSpec) -> tuple[int, int] | None:
    """The least and the most rows that it may take; None where its content decides."""
    if isinstance(headline.rows, int):
        return headline.rows, headline.rows
    return _ends(headline.rows, "..") if isinstance(headline.rows, str) else None


def columns_spanned(headline: HeadlineSpec) -> tuple[int, int] | None:
    """The first and last text column that it stands over, counted from 1; None where it stands over all."""
    if isinstance(headline.over, int):
        return 1, headline.over
    return None if headline.over == "all" else _ends(headline.over, "-")


def check_headline(one: Written, found: Findings) -> None:
    """Report a range that was written the wrong way round."""
    if not isinstance(one.spec, StoryRegion) or not isinstance(one.spec.headline, HeadlineSpec):
        return
    headline = one.spec.headline
    for key, written, between in (("rows", headline.rows, ".."), ("over", headline.over, "-")):
        ends = _ends(written, between) if isinstance(written, str) and between in written else None
        if ends is not None and ends[0] > ends[1]:
            turned = f"{ends[1]}{between}{ends[0]}"
            found.add("spec/reversed", one.span("headline", key), key=f"headline.{key}", value=written, turned=turned)


def _ends(written: str, between: str) -> tuple[int, int]:
    first, _, last = written.partition(between)
    return int(first), int(last)
