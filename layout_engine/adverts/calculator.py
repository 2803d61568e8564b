"""A calculator function of PostScript (计算函数, ISO 32000-1, 7.10.5): numbers, a stack, if and ifelse, no loops."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

_TOKEN: Final = rb"[{}]|[^\s{}]+"
_MOST_SOURCE: Final = 200_000  # bytes
_MOST_WORDS: Final = 4_000
_MOST_NESTED: Final = 30
_MOST_STACK: Final = 100
_MOST: Final = 1e12

_Program = list[Any]  # numbers, words, programs

_TWO: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "idiv": lambda a, b: math.trunc(int(a) / int(b)),
    "mod": lambda a, b: math.fmod(int(a), int(b)),
    "exp": lambda a, b: float(a) ** float(b),
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
}
_ONE: Final[dict[str, Callable[[Any], Any]]] = {
    "abs": abs,
    "neg": lambda a: -a,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "cvi": math.trunc,
    "cvr": float,
    "sqrt": math.sqrt,
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": math.log,
    "log": math.log10,
    "not": lambda a: not a if isinstance(a, bool) else ~a,
}


def calculator(source: bytes, outputs: int) -> Callable[[Sequence[float]], list[float]]:
    """The function that `source` writes down. Raises ValueError where it makes no sense, now or when it is asked."""
    if len(source) > _MOST_SOURCE:
        raise ValueError("calculator")
    words = re.findall(_TOKEN, source)
    if len(words) > _MOST_WORDS or not words or words[0] != b"{":
        raise ValueError("calculator")
    rest = iter(words[1:])
    program = _block(rest, 0)

    def calculated(inputs: Sequence[float]) -> list[float]:
        stack: list[Any] = list(inputs)
        try:
            _run(program, stack)
            return [float(one) for one in stack[len(stack) - outputs :]] if len(stack) >= outputs else _fail()
        except (IndexError, TypeError, ArithmeticError) as error:
            raise ValueError("calculator") from error

    return calculated


def _fail() -> list[float]:
    raise ValueError("calculator")


def _block(words: Iterator[bytes], depth: int) -> _Program:
    if depth > _MOST_NESTED:
        _fail()
    program: _Program = []
    for word in words:
        if word == b"}":
            return program
        if word == b"{":
            program.append(_block(words, depth + 1))
        elif word in (b"true", b"false"):
            program.append(word == b"true")
        elif word[0] in b"0123456789+-.":
            text = word.decode("latin-1")
            program.append(float(text) if "." in text or "e" in text.lower() else int(text))
        else:
            program.append(word.decode("latin-1"))
    return _fail()


def _run(program: _Program, stack: list[Any]) -> None:
    for step in program:
        if not isinstance(step, str):
            stack.append(step)
        elif step in _TWO:
            second, first = stack.pop(), stack.pop()
            stack.append(_TWO[step](first, second))
        elif step in _ONE:
            stack.append(_ONE[step](stack.pop()))
        else:
            _move(step, stack)
        if len(stack) > _MOST_STACK or (stack and isinstance(stack[-1], (int, float)) and abs(stack[-1]) > _MOST):
            _fail()


def _move(word: str, stack: list[Any]) -> None:
    match word:
        case "pop":
            stack.pop()
        case "dup":
            stack.append(stack[-1])
        case "exch":
            stack[-1], stack[-2] = stack[-2], stack[-1]
        case "copy":
            count = _count(stack.pop(), stack)
            stack += stack[len(stack) - count :]
        case "index":
            stack.append(stack[-1 - _count(stack.pop(), stack)])
        case "roll":
            by, count = int(stack.pop()), _count(stack.pop(), stack)
            if count:
                top = stack[len(stack) - count :]
                by %= count
                stack[len(stack) - count :] = top[count - by :] + top[: count - by]
        case "bitshift":
            by, value = int(stack.pop()), int(stack.pop())
            if abs(by) > _MOST_NESTED:
                _fail()
            stack.append(value << by if by >= 0 else value >> -by)
        case "if":
            then = stack.pop()
            if stack.pop():
                _run(then, stack)
        case "ifelse":
            otherwise, then = stack.pop(), stack.pop()
            _run(then if stack.pop() else otherwise, stack)
        case _:
            _fail()


def _count(value: Any, stack: list[Any]) -> int:
    count = int(value)
    if not 0 <= count <= len(stack):
        _fail()
    return count
