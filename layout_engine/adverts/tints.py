"""What a function of the file makes of a tint (色调函数): ISO 32000-1, 7.10, types 0, 2, 3 and 4, within bounds."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, product
from math import prod
from typing import Any, Final

import pikepdf

from layout_engine.adverts.calculator import calculator
from layout_engine.adverts.limits import MAX_FUNCTIONS, MAX_PARTS, BeyondLimitError

Function = Callable[[Sequence[float]], list[float]]

_MOST_INPUTS: Final = 4  # of a sampled function: sixteen corners
_MOST_SAMPLES: Final = 1_000_000
_BYTE: Final = 8
_WORD: Final = 16


def tint_function(value: Any) -> Function:
    """The function of a tint transform or a shading; an array of functions gives one number each.

    Raises ValueError where it is none that is understood, now or when it is asked.
    """
    return _function(value, 0, count(1))


def _function(value: Any, depth: int, met: Iterator[int]) -> Function:
    if depth > MAX_FUNCTIONS:
        raise BeyondLimitError("functions", MAX_FUNCTIONS)
    if next(met) > MAX_PARTS:  # one that leads to itself in two places would double with each step
        raise BeyondLimitError("functions", MAX_PARTS)
    if isinstance(value, pikepdf.Array):
        several = [_function(one, depth + 1, met) for one in value]
        return lambda inputs: [number for one in several for number in one(inputs)]
    domain = _pairs(value["/Domain"])
    limits = _pairs(value["/Range"]) if "/Range" in value else []
    match int(value["/FunctionType"]):
        case 0:
            inner = _sampled(value, domain, limits)
        case 2:
            inner = _exponential(value)
        case 3:
            inner = _stitched(value, domain, depth, met)
        case 4 if limits:
            inner = calculator(value.read_bytes(), len(limits))
        case _:
            raise ValueError("FunctionType")

    def bounded(inputs: Sequence[float]) -> list[float]:
        try:
            outputs = inner([_held(one, *pair) for one, pair in zip(inputs, domain, strict=True)])
            return [_held(one, *pair) for one, pair in zip(outputs, limits, strict=True)] if limits else outputs
        except (ArithmeticError, TypeError) as error:  # nought to a negative power, a negative number to half a one
            raise ValueError("Function") from error

    return bounded


def _exponential(value: Any) -> Function:
    first, last = _numbers(value.get("/C0"), [0.0]), _numbers(value.get("/C1"), [1.0])
    exponent = float(value["/N"])
    return lambda inputs: [a + inputs[0] ** exponent * (b - a) for a, b in zip(first, last, strict=True)]


def _stitched(value: Any, domain: list[tuple[float, float]], depth: int, met: Iterator[int]) -> Function:
    parts = [_function(one, depth + 1, met) for one in value["/Functions"]]
    bounds, encode = _numbers(value["/Bounds"], []), _pairs(value["/Encode"])
    edges = [domain[0][0], *bounds, domain[0][1]]
    if not len(parts) == len(encode) == len(edges) - 1:
        raise ValueError("Bounds")

    def stitched(inputs: Sequence[float]) -> list[float]:
        at = sum(1 for edge in bounds if inputs[0] >= edge)
        low, high = edges[at], edges[at + 1]
        share = (inputs[0] - low) / (high - low) if high > low else 0.0
        return parts[at]([encode[at][0] + share * (encode[at][1] - encode[at][0])])

    return stitched


def _sampled(value: Any, domain: list[tuple[float, float]], limits: list[tuple[float, float]]) -> Function:
    """Linear between the samples, in every direction."""
    sizes = [int(one) for one in value["/Size"]]
    bits = int(value["/BitsPerSample"])
    width = len(limits)
    if bits not in (_BYTE, _WORD) or len(sizes) > _MOST_INPUTS or len(sizes) != len(domain) or min(sizes) < 1:
        raise ValueError("BitsPerSample")
    if prod(sizes) * width > _MOST_SAMPLES:
        raise BeyondLimitError("samples", _MOST_SAMPLES)
    data, octets = value.read_bytes(), bits // _BYTE
    encode = _pairs(value["/Encode"]) if "/Encode" in value else [(0.0, float(one - 1)) for one in sizes]
    decode = _pairs(value["/Decode"]) if "/Decode" in value else limits
    if len(data) < prod(sizes) * width * octets:
        raise ValueError("samples")

    def sample(corner: Sequence[int], channel: int) -> float:
        index = 0
        for at, size in zip(reversed(corner), reversed(sizes), strict=True):
            index = index * size + at
        start = (index * width + channel) * octets
        return int.from_bytes(data[start : start + octets]) / ((1 << bits) - 1)

    def sampled(inputs: Sequence[float]) -> list[float]:
        outputs = [0.0] * width
        places: list[tuple[tuple[int, int], float]] = []
        for number, (low, high), (start, end), size in zip(inputs, domain, encode, sizes, strict=True):
            share = (number - low) / (high - low) if high > low else 0.0
            place = _held(start + share * (end - start), 0, size - 1)
            places.append(((int(place), min(int(place) + 1, size - 1)), place - int(place)))
        for choice in product((0, 1), repeat=len(sizes)):
            weight = prod(rest if up else 1 - rest for up, (_, rest) in zip(choice, places, strict=True))
            if weight:
                corner = [pair[up] for up, (pair, _) in zip(choice, places, strict=True)]
                for channel in range(width):
                    outputs[channel] += weight * sample(corner, channel)
        return [low + one * (high - low) for one, (low, high) in zip(outputs, decode, strict=True)]

    return sampled


def _numbers(value: Any, otherwise: list[float]) -> list[float]:
    return otherwise if value is None else [float(one) for one in value]


def _pairs(value: Any) -> list[tuple[float, float]]:
    numbers = [float(one) for one in value]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _held(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
