"""Laws of reading and normalising, for whatever is typed: nothing raises, nothing is lost, every place is true."""

from hypothesis import given, settings
from hypothesis import strategies as st

from layout_engine.base.source import SourcedText
from layout_engine.content.article import read_article
from layout_engine.content.intake import check_copy, check_raw
from layout_engine.content.model import Edit, Story
from layout_engine.content.normalize import NORMALIZATIONS

ALL = frozenset(NORMALIZATIONS)
# What Markdown, the rules and Chinese copy are made of.
TOKENS = (
    *"春播开始一二农机记者年月abB58.,;:?!()\"'-~*#<>[]_`\\&|=+%　",
    *"，。、；：？！“”‘’（）《》—…·・－～％５Ａ．⽉\uf900\t\x00\ufffd",
    " ", "  ", "\n", "\n\n", "\r\n", "　　", "<!--", "-->", "**", "## ", "- ", "...", "--", "\\*", "18.4%",
    "8:30", "GUSH", "本报讯", "https://a.cn/b?c=1,2", "  \n",
)  # fmt: skip
bodies = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
fields = st.lists(st.sampled_from(TOKENS), max_size=12).map("".join)


def article(body: str, headline: str = "题") -> bytes:
    block = "".join(f"  {line}\n" for line in headline.replace("\r", "").split("\n"))
    return f"---\nheadline: |\n{block}---\n{body}".encode()


def read(body: str, normalize: frozenset[str] = frozenset()) -> Story:
    story = read_article(article(body), "articles/a.md", "a", normalize).value
    assert story is not None
    return story


def source_lines(body: str) -> list[str]:
    return article(body).decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    for start in (b"", b"---\n", b"---\nheadline: a\n---\n"):
        story = read_article(start + data, "articles/a.md", "a", ALL).value
        if story is not None:
            check_copy(story)
        check_raw(start + data, "raw.txt")


@given(fields, bodies)
def test_whatever_is_typed_never_raises(headline: str, body: str) -> None:
    for normalize in (frozenset[str](), ALL):
        story = read_article(article(body, headline), "articles/a.md", "a", normalize).value
        if story is not None:
            check_copy(story)
    check_raw(body.encode(), "raw.txt")


@given(bodies)
def test_every_character_stands_where_it_says(body: str) -> None:
    lines = source_lines(body)
    for part in read(body).parts[1:]:
        for at, one in enumerate(part.text):
            place = part.copy.span(at)
            line = lines[place.line - 1]
            typed = line[place.column - 1] if place.column <= len(line) else " "
            assert one == typed or (one == " " and typed in " \t　<")


@given(bodies)
def test_every_typed_character_is_in_a_part_or_noted_as_dropped(body: str) -> None:
    lines = source_lines(body)
    story = read(body)
    seen = [
        (place.line, place.column)
        for part in story.parts[1:]
        for at, one in enumerate(part.text)
        if one not in " \t　" and (place := part.copy.span(at))
    ]
    for note in (*story.dropped, *(one for part in story.parts for one in part.dropped)):
        for row, text in enumerate(note.text.split("\n")):
            first = note.span.column if row == 0 else 1
            seen += [(note.span.line + row, first + at) for at, one in enumerate(text) if one not in " \t　"]
    start = lines.index("---", 1) + 1
    typed = [
        (start + row + 1, column)
        for row, line in enumerate(lines[start:])
        for column, one in enumerate(line, 1)
        if one not in " \t　"
    ]
    assert sorted(seen) == typed


def replay(copy: SourcedText, edits: tuple[Edit, ...]) -> str:
    """The text with the edits made one after another, each at the place that it names."""
    for edit in edits:
        at = next(
            at
            for at in range(len(copy.text) + 1)
            if copy.span(at) == edit.span and copy.text.startswith(edit.before, at)
        )
        copy = copy.replaced(at, at + len(edit.before), edit.after)
    return copy.text


@given(bodies)
def test_normalised_text_is_the_source_text_with_the_recorded_edits_applied(body: str) -> None:
    plain, edited = read(body), read(body, ALL)
    assert [part.key for part in plain.parts] == [part.key for part in edited.parts]
    for before, after in zip(plain.parts, edited.parts, strict=True):
        assert all(edit.applied for edit in after.edits)
        assert replay(before.copy, after.edits) == after.text


@given(bodies)
@settings(max_examples=200)
def test_what_was_accepted_is_not_proposed_again(body: str) -> None:
    for one in check_copy(read(body, ALL)):
        values = dict(one.values)
        assert not (values.get("accept") and values.get("after")), one


@given(bodies)
def test_emphasis_stays_on_the_same_characters_when_edits_are_applied(body: str) -> None:
    plain, edited = read(body), read(body, ALL)
    for before, after in zip(plain.parts, edited.parts, strict=True):
        places = [{before.copy.span(at) for at in range(one.start, one.end)} for one in before.emphasis]
        for one in after.emphasis:
            assert 0 <= one.start < one.end <= len(after.text)
            now = {after.copy.span(at) for at in range(one.start, one.end)}
            assert any(now <= then for then in places)
