"""What the house asks of its editors' guards (编校把关): switches with a reason, lists of words, an outside program."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from layout_engine.spec.model_values import Written


class GuardSwitch(Written, frozen=True, kw_only=True):
    """把关的开关: one guard switched off, or told more or less severely; never without a reason."""

    off: Annotated[bool, Meta(description="不查这一项 · this guard is off")] = False
    severity: (
        Annotated[
            Literal["error", "warning", "info"],
            Meta(description="这一项的轻重：错误、警告、提示 · how severe its findings are"),
        ]
        | UnsetType
    ) = UNSET
    reason: Annotated[
        str, Meta(description="为什么；不写理由，开关不起作用 · why; without it the switch does nothing")
    ] = ""


class ChecksSpec(Written, frozen=True, kw_only=True):
    """编校把关: which guards differ from the rule, and a program of the house's own that reads the copy."""

    guards: Annotated[
        dict[str, GuardSwitch], Meta(description="把关名: {off 或 severity, reason} · guard: what differs, and why")
    ] = {}  # noqa: RUF012  # msgspec gives each its own
    command: Annotated[
        tuple[str, ...],
        Meta(
            max_length=32,
            description="校对程序及其参数，逐项写；要用户另行准许才运行 · "
            "a proofreading program and its arguments; runs only where the user allows it",
        ),
    ] = ()
    seconds: Annotated[int, Meta(ge=1, le=60, description="校对程序最多运行几秒 · how long the program may take")] = 5


class WordEntry(Written, frozen=True, kw_only=True, rename={"except_": "except"}):
    """词条: a word, what to write instead, and the contexts in which it may stand."""

    word: Annotated[str, Meta(min_length=1, max_length=100, description="词 · the word")]
    use: Annotated[str, Meta(max_length=100, description="改用什么 · what to write instead")] = ""
    when: Annotated[
        str,
        Meta(
            max_length=100,
            description="只用于 must：稿件里有这个词时才要求；不写则全期至少出现一次 · "
            "of must: asked of stories that hold this; without it, of the issue as a whole",
        ),
    ] = ""
    except_: Annotated[
        tuple[str, ...], Meta(description="例外：含有该词的上文下文 · texts around the word in which it may stand")
    ] = ()


class WordList(Written, frozen=True, kw_only=True):
    """词表: words with one reason."""

    reason: Annotated[str, Meta(min_length=1, description="为什么，如社规第几条 · why, such as a rule of the house")]
    words: tuple[WordEntry, ...] = ()


class WordsSpec(Written, frozen=True, kw_only=True):
    """本报用词: what must be written, must not be written, and what is preferred. Empty unless the house says so."""

    must: Annotated[tuple[WordList, ...], Meta(description="必须写的 · words that must be there")] = ()
    must_not: Annotated[tuple[WordList, ...], Meta(description="不得写的 · words that may not be there")] = ()
    prefer: Annotated[tuple[WordList, ...], Meta(description="宜改写的 · words with a better one")] = ()
