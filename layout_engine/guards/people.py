"""Do the names over a story and under its photos stand in its text (人名核对)? The house's list first.

A name is looked for that the house lists, or that stands where only a name can: before 出席, 主持 and the like, or
after a title. 韩世君 over a text that has 韩世军 is told with the name that was probably meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from layout_engine.base.diagnostics import Findings
from layout_engine.base.source import SourcedText
from layout_engine.content.characters import is_han
from layout_engine.content.model import Part
from layout_engine.guards.guard import Sheet, heads
from layout_engine.guards.texts import Place, captions, shown_at, story_places

# The surnames of nine tenths of all people; those that begin many other words (成, 高, 方, 全 …) are left out.
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范廖贾韦付邹孟熊秦邱江尹薛闫雷侯史陶黎贺顾郝龚邵覃武戴莫孔汤温康施葛樊兰殷翟倪严牛俞鲁葛韶阮隋迟栾逄仇"
)
_PLACES: Final = frozenset("市区县镇乡村省州局部委会院校厂社街路河湖山岛湾港站所司集团办处")  # ends of other names
_WHO_ACTS: Final = r"(?:出席|主持|讲话|致辞|强调|指出|作出批示|批示|会见|调研|走访|慰问|当选|荣获|带队|作报告|宣布)"
_TITLES: Final = (
    r"(?:书记|区长|市长|县长|镇长|局长|主任|主席|院长|校长|部长|厅长|处长|科长|董事长|总经理|教授|记者|通讯员)"
)
_TWO: Final = 2
_THREE: Final = 3


class NamesGuard:
    """One finding for each name that the text does not have."""

    name = "names"

    def look(self, sheet: Sheet, found: Findings) -> None:
        listed = tuple(dict.fromkeys(one for one in sheet.spec.house.names if one.strip()))
        for story in sheet.copy.stories.values():
            if story.body:
                _compare(heads(story), story_places(story), listed, found)
        for caption, places in captions(sheet):
            _compare((caption,), places, listed, found)


class _Flat:
    """A text without blanks, in which a name over two lines or with a blank in it is whole; with the way back."""

    __slots__ = ("copy", "places", "text")

    def __init__(self, copy: SourcedText) -> None:
        kept = [(at, one) for at, one in enumerate(copy.text) if not one.isspace()]
        self.copy = copy
        self.text = "".join(one for _, one in kept)
        self.places = tuple(at for at, _ in kept)


def _compare(parts: Iterable[Part], places: Sequence[Place], listed: Sequence[str], found: Findings) -> None:
    bodies = [_Flat(one.copy) for one in places]
    whole = "\n".join(one.text for one in bodies)
    for part in parts:
        head = _Flat(part.copy)
        told: set[int] = set()
        for at, name, sure in _names_in(head, part.text, listed, whole):
            if at in told or name in whole or (_is_place(name) and name[:-1] in whole):
                continue
            near = _near_in(bodies, name)
            if near is None and not sure:
                continue
            told.add(at)
            body, place = near or (head, 0)
            start = body.places[place] if near else 0
            found.add(
                "guard/name-not-in-text",
                part.copy.span(head.places[at]),
                related=(body.copy.span(start),) if near else (),
                name=name,
                near=body.text[place : place + len(name)] if near else "",
                context=shown_at(body.copy.text, start, len(name)) if near else "",
                line=body.copy.span(start).line if near else "",
            )


def _names_in(head: _Flat, text: str, listed: Sequence[str], whole: str) -> Iterator[tuple[int, str, bool]]:
    """Each name, where it stands, and whether it surely is one."""
    for name in listed:
        plain = "".join(name.split())
        at = head.text.find(plain)
        while plain and at >= 0:
            yield at, plain, True
            at = head.text.find(plain, at + 1)
    for name in listed:  # a listed name of the text, with one character wrong over it
        if len(name) >= _THREE and name[0] in _SURNAMES and not _is_place(name) and name in whole:
            yield from ((at, one, False) for at, one in _one_off(head.text, name))
    back = {place: at for at, place in enumerate(head.places)}
    for found in _acting().finditer(text):
        at, name = found.start("name"), found["name"]
        plain = "".join(name.split())
        if plain[0] in _SURNAMES and all(is_han(one) for one in plain) and not _is_place(plain):
            yield back[at], plain, len(plain) == _THREE


@cache
def _acting() -> re.Pattern[str]:
    """A name at the start of a phrase, or after a title, and what only a person does."""
    return re.compile(
        r"(?:^|(?<=[\s，、：；。“]))"
        rf"(?:[\u4e00-\u9fff]{{0,12}}{_TITLES})?(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff]{{1,2}}|　[\u4e00-\u9fff]))"
        rf"(?={_WHO_ACTS})"
    )


def _is_place(name: str) -> bool:
    return name[-1] in _PLACES


def _one_off(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Stretches of `text` that differ from `name` in one character, and not the first."""
    at = text.find(name[0])
    while at >= 0:
        other = text[at : at + len(name)]
        wrong = sum(a != b for a, b in zip(other, name, strict=False))
        if len(other) == len(name) and wrong == 1 and all(is_han(one) for one in other):
            yield at, other
        at = text.find(name[0], at + 1)


def _near_in(bodies: Sequence[_Flat], name: str) -> tuple[_Flat, int] | None:
    """Where the text has a name that differs in one character. Of two characters the surname must be the same."""
    for body in bodies:
        at = next((at for at, _ in _one_off(body.text, name)), None)
        if at is not None:
            return body, at
    return None
