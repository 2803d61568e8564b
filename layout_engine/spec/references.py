"""Whether every name that a spec uses stands for something (引用核对), and the nearest that does."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec
from msgspec import UNSET

from layout_engine.base.diagnostics import Diagnostic, Findings, Span, diagnose
from layout_engine.base.nearest import nearest
from layout_engine.base.yaml_nodes import Path, YamlDocument
from layout_engine.spec.marks import marked_strings
from layout_engine.spec.resolved import IssueSpec


class Named(msgspec.Struct, frozen=True):
    """The names of one kind that may be used, and where else a name may stand that is simply not asked about."""

    known: frozenset[str]
    broken: frozenset[str] = frozenset()  # written, but faulty: already told


def check_names(
    value: msgspec.Struct, document: YamlDocument, path: Path, names: Mapping[str, Named], found: Findings
) -> None:
    """Report each string of `value` that should name something in `names` and does not.

    A name that the declaration gives by default is reported at the value itself, as nobody wrote it.
    """
    for where, kind, name in marked_strings(value):
        held = names.get(kind)
        if held is None or name in held.known or name in held.broken:
            continue
        span = document.span((*path, *steps_of(where)))
        near = nearest(name, held.known)
        known = ", ".join(sorted(held.known))
        found.add(_UNKNOWN[kind], span, name=name, key=where, nearest=near, known=known)


def check_stories(spec: IssueSpec, story_ids: Collection[str], photo_ids: Collection[str]) -> tuple[Diagnostic, ...]:
    """Whether stories and photos of the spec are in the copy, and every story is placed, once.

    A `headline` region may share a story with an `article`, or with a `story` that gives no headline of its own; text
    and headline are counted apart. What
    is continued from another page is the same text, placed once (spec/jumps.py).
    Where faulty regions or pages were left out of the spec, nobody can say what is not placed.
    """
    found: list[Diagnostic] = []
    texts: dict[str, Span] = {}
    headlines: dict[str, Span] = {}
    meant: set[str] = set()
    for page in {page.source: page for page in spec.pages}.values():  # one that is listed twice was told
        for region in page.regions:
            story, photo = getattr(region.spec, "story", None), getattr(region.spec, "photo", None)
            if isinstance(story, str):
                span = region.spans.get("story", region.span)
                if story not in story_ids:
                    found.append(_unknown("story", story, story_ids, span))
                    continue
                continued = getattr(region.spec, "jump_from", UNSET) is not UNSET
                meant |= {story} if continued else set()
                for part, placed in ((_TEXT, texts), (_HEADLINE, headlines)):
                    elsewhere = part is _HEADLINE and getattr(region.spec, "headline", None) is UNSET
                    if region.kind in part and not continued and not elsewhere:
                        first = placed.setdefault(story, span)
                        if first is not span:
                            code = "spec/story-placed-twice" if part is _TEXT else "spec/headline-placed-twice"
                            found.append(diagnose(code, span, related=(first,), name=story, first=first))
                            break
            elif isinstance(photo, str) and photo not in photo_ids:
                found.append(_unknown("photo", photo, photo_ids, region.spans.get("photo", region.span)))
    meant |= {dict(one.values).get("nearest", "") for one in found}
    missing = set(story_ids) - set(texts) - meant if spec.complete else ()
    for story in sorted(missing):
        code = "spec/story-text-not-placed" if story in headlines else "spec/story-not-placed"
        found.append(diagnose(code, Span(f"articles/{story}.md"), name=story))
    return tuple(found)


def spans_of(document: YamlDocument, path: Path, value: object) -> dict[str, Span]:
    """The place of every field of a mapping by its dotted path."""
    spans: dict[str, Span] = {}
    todo: list[tuple[str, Path, object]] = [("", path, value)]
    while todo:
        name, at, one = todo.pop()
        if name:
            spans[name] = document.span(at)
        inner = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        todo.extend((f"{name}.{key}" if name else str(key), (*at, key), part) for key, part in inner)
    return spans


def steps_of(path: str) -> Path:
    """The steps of a dotted path: "lines.0.text" → ("lines", 0, "text")."""
    return tuple(int(step) if step.isdecimal() else step for step in path.split("."))


_UNKNOWN: Final = {
    "style": "spec/unknown-style",
    "face": "spec/unknown-face",
    "ink": "spec/unknown-ink",
    "story": "spec/unknown-story",
    "photo": "spec/unknown-photo",
    "region": "spec/unknown-region",
    "format": "spec/unknown-format",
}
_TEXT = ("story", "article", "brief")
_HEADLINE = ("story", "headline", "brief")


def _unknown(kind: str, name: str, known: Collection[str], span: Span) -> Diagnostic:
    listed = ", ".join(sorted(known))
    return diagnose(_UNKNOWN[kind], span, name=name, key=kind, nearest=nearest(name, known), known=listed)
