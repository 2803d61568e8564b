"""Is there copy that only holds a place (占位文字)? 此处为正文, ×××, 待定, TK, lorem ipsum, 标题标题标题."""

import re
from functools import cache

from layout_engine.base.diagnostics import Findings
from layout_engine.guards.guard import Sheet
from layout_engine.guards.texts import Place, printed_parts, shown_at

# Alone in a paragraph, a headline or a pair of brackets.
_ALONE = (
    r"测试|测试稿|测试文字|待定|待补|待写|待核|待核实|暂缺|占位|无标题|新建文档|标题|正文|正文内容|图片说明|TK|TBD|TODO"
)
_ANYWHERE = (
    r"(?i:lorem ipsum|dolor sit amet)",
    r"(?:此处|这里)(?:为|是|放|填|填写|插入|加)[^，。；！？\n]{0,12}(?:稿件|稿子|正文|文字|内容|标题|说明|署名)",
    r"[×✕╳]{2,}|(?<![A-Za-z])(?:[Xx]{3,}|TK|TKTK|TODO|TBD)(?![A-Za-z0-9])",
    r"[（【\[]\s*(?:待定|待补|待核实?|暂缺|存疑|TK|TBD)\s*[）】\]]",
    r"(?P<again>标题|正文|文字|测试|内容)(?P=again){1,}",
    r"某{3,}|[□■]{3,}|(?:〇|○){4,}",
)


class FillerGuard:
    """One finding for each place that somebody meant to fill."""

    name = "filler"

    def look(self, sheet: Sheet, found: Findings) -> None:
        places = [Place(one.copy) for one in printed_parts(sheet)]
        regions = (region for page in sheet.spec.pages for region in page.regions)
        places += [Place(text) for region in regions for text in region.texts.values()]
        for place in places:
            alone = _alone().fullmatch(place.text.strip())
            if alone:
                found.add("guard/filler", place.copy.span(0), text=place.text.strip(), context=place.text.strip())
                continue
            for one in _anywhere().finditer(place.text):
                context = shown_at(place.text, one.start(), len(one[0]))
                found.add("guard/filler", place.copy.span(one.start()), text=one[0], context=context)


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"[（(]?(?:{_ALONE})[）)]?[。.…]*")


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile("|".join(_ANYWHERE))
