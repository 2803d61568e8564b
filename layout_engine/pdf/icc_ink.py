"""How much ink does an ICC profile lay down at most (特性文件的墨量上限)? The highest sum of its separation (PR-32).

Read from the table B2A0: no colour between its nodes gets more ink than the nodes around it. Source of the layouts:
ICC.1:2001-04, 6.5.7 and 6.5.8 (lut16Type, lut8Type); ICC.1:2022, 10.13, 10.6, 10.18 (lutBToAType and its curves).
"""

import struct
from collections.abc import Sequence
from itertools import islice
from typing import Final

_INKS: Final = 4
_SEPARATION: Final = b"B2A0"
_STEPS: Final = 4096  # of a curve's input that are told apart: a quarter of a thousandth
_CURVES_AT: Final = {b"mft1": 48, b"mft2": 52}
_PARAMETERS: Final = (1, 3, 4, 5, 7)  # of a parametric curve, by its kind
_NO_MORE: Final = (0.0,) * 6
_HEADER_BYTES, _TAG_BYTES = 128, 12
_MOST_NODES: Final = 1 << 20
_DAMAGE: Final = (struct.error, IndexError, ValueError, ZeroDivisionError, OverflowError, TypeError)


def own_ink_limit(icc: bytes) -> int | None:
    """The most ink, in per cent, that the output profile puts on one spot; None where its table cannot be read."""
    try:
        table = _tag(icc, _SEPARATION)
        nodes, curves = _modern(table) if table[:4] == b"mBA " else _classic(table)
        shares = [[curve[step] for step in plate] for plate, curve in zip(nodes, curves, strict=True)]
        return round(100 * max(map(sum, zip(*shares, strict=True))))
    except _DAMAGE:
        return None


def _tag(icc: bytes, wanted: bytes) -> bytes:
    (count,) = struct.unpack_from(">L", icc, _HEADER_BYTES)
    for number in range(min(count, len(icc) // _TAG_BYTES)):
        name, start, size = struct.unpack_from(">4sLL", icc, _HEADER_BYTES + 4 + _TAG_BYTES * number)
        if name == wanted:
            return icc[start : start + size]
    raise ValueError("no such tag")


_Plates = tuple[list[list[int]], list[list[float]]]  # steps of each ink at each node, and the share of ink at each step


def _classic(table: bytes) -> _Plates:
    """lut8Type and lut16Type: input curves, nodes, output curves, all of one depth."""
    kind, inputs, outputs, grid = table[:4], table[8], table[9], table[10]
    at = _CURVES_AT.get(kind, 0)
    if not at or outputs != _INKS:
        raise ValueError("not for four inks")
    wide = kind == b"mft2"
    before, after = struct.unpack_from(">HH", table, 48) if wide else (256, 256)
    at += inputs * before * (2 if wide else 1)
    nodes, at = _nodes(table, at, grid**inputs, wide=wide)
    numbers = _numbers(table, at, _INKS * after, wide=wide)
    most = 65535 if wide else 255
    curves = [[one / most for one in numbers[ink * after : (ink + 1) * after]] for ink in range(_INKS)]
    return nodes, [_sampled(curve) for curve in curves]


def _modern(table: bytes) -> _Plates:
    """lutBToAType: the nodes and the curves behind them are found by their offsets."""
    inputs, outputs = table[8], table[9]
    nodes_at, curves_at = struct.unpack_from(">LL", table, 24)
    if outputs != _INKS or not nodes_at or not curves_at:
        raise ValueError("not for four inks")
    count = 1
    for side in table[nodes_at : nodes_at + inputs]:
        count *= side
    nodes, _ = _nodes(table, nodes_at + 20, count, wide=table[nodes_at + 16] == 2)
    curves = []
    for _ in range(_INKS):
        curve, size = _curve(table, curves_at)
        curves.append(curve)
        curves_at += -(-size // 4) * 4
    return nodes, curves


def _nodes(table: bytes, at: int, count: int, *, wide: bool) -> tuple[list[list[int]], int]:
    """For each ink its value at each node, in `_STEPS`; and where the nodes end."""
    if count > _MOST_NODES:
        raise ValueError("too many nodes")
    numbers = _numbers(table, at, count * _INKS, wide=wide)
    most = 65535 if wide else 255
    steps = [value * (_STEPS - 1) // most for value in range(most + 1)] if not wide else None
    scaled = [steps[one] for one in numbers] if steps else [one >> 4 for one in numbers]
    return [list(islice(scaled, ink, None, _INKS)) for ink in range(_INKS)], at + len(numbers) * (2 if wide else 1)


def _numbers(table: bytes, at: int, count: int, *, wide: bool) -> Sequence[int]:
    numbers: Sequence[int] = struct.unpack_from(f">{count}{'H' if wide else 'B'}", table, at)
    return numbers


def _curve(table: bytes, at: int) -> tuple[list[float], int]:
    """A curveType or parametricCurveType, sampled, and its size."""
    kind = table[at : at + 4]
    if kind == b"para":
        (form,) = struct.unpack_from(">H", table, at + 8)
        count = _PARAMETERS[form]
        values = [one / 65536 for one in struct.unpack_from(f">{count}l", table, at + 12)]
        return [_parametric(form, values, step / (_STEPS - 1)) for step in range(_STEPS)], 12 + 4 * count
    (count,) = struct.unpack_from(">L", table, at + 8)
    if kind != b"curv" or count > 65536:
        raise ValueError("not a curve")
    numbers = _numbers(table, at + 12, count, wide=True)
    if count == 0:
        curve = _sampled([0.0, 1.0])
    elif count == 1:
        curve = [(step / (_STEPS - 1)) ** (numbers[0] / 256) for step in range(_STEPS)]
    else:
        curve = _sampled([one / 65535 for one in numbers])
    return curve, 12 + 2 * count


def _parametric(form: int, values: list[float], x: float) -> float:
    """ICC.1:2022, table 68; ink from nought to solid."""
    gamma, a, b, c, d, e, f = (*values, *_NO_MORE)[:7]
    if form == 0:
        return min(1.0, float(x**gamma))
    bent = float(max(0.0, a * x + b) ** gamma)
    if form == 1:
        y = bent
    elif form == 2:
        y = bent + c
    else:
        y = bent + e if x >= d else c * x + f
    return min(1.0, max(0.0, y))


def _sampled(curve: Sequence[float]) -> list[float]:
    """The curve at each of `_STEPS`, straight between its points."""
    last = len(curve) - 1
    sampled = []
    for step in range(_STEPS):
        place = step * last / (_STEPS - 1)
        below = min(int(place), last - 1)
        sampled.append(curve[below] + (curve[below + 1] - curve[below]) * (place - below))
    return sampled
