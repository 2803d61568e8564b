"""Total ink is the mean over any square millimetre of the sum of the plates, wherever that square lies."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout_engine.plates.ink import TOLERANCE, measure_ink
from layout_engine.plates.model import FULL, Plate, Plates

PER_MM = 4


def plates(*inks: bytes, width: int, per_mm: int = PER_MM) -> Plates:
    named = tuple(Plate(name, (0, 0, 0), ink) for name, ink in zip(("Cyan", "Magenta", "Gold"), inks, strict=False))
    return Plates(1, 1, width, len(inks[0]) // width, per_mm, 0, named)


def a_patch(x: int, y: int, side: int, ink: int = FULL, width: int = 40, height: int = 40) -> bytes:
    """A square of ink, in pixels."""
    rows = bytearray(width * height)
    for row in range(y, y + side):
        rows[row * width + x : row * width + x + side] = bytes([ink]) * side
    return bytes(rows)


def test_the_sum_of_the_plates_is_measured() -> None:
    ink = measure_ink(plates(a_patch(8, 12, 12), a_patch(8, 12, 12, 153), width=40), 150)
    assert (ink.worst.percent, ink.worst.x_mm, ink.worst.y_mm) == (160.0, 2.0, 3.0)
    assert ink.worst.parts == (("C", 100.0), ("M", 60.0))


def test_a_square_off_every_grid_is_found() -> None:
    """A patch of one square millimetre that no fixed grid of squares has for itself."""
    both = a_patch(17, 23, 4)
    ink = measure_ink(plates(both, both, width=40), 150)
    assert (ink.worst.percent, ink.worst.x_mm, ink.worst.y_mm, ink.over_mm2) == (200.0, 4.25, 5.75, 1.0)


def test_a_dot_smaller_than_a_square_counts_by_its_share() -> None:
    both = a_patch(17, 23, 2)
    ink = measure_ink(plates(both, both, width=40), 100)
    assert (ink.worst.percent, ink.is_over, ink.over_mm2, ink.patches) == (50.0, False, 0.0, ())


def test_the_area_over_the_limit_is_that_of_all_squares_over_it() -> None:
    ink = measure_ink(plates(a_patch(8, 8, 12), width=40), 99)
    assert ink.over_mm2 == 9.0


def test_what_measuring_may_be_off_is_allowed() -> None:
    within, beyond = (round(FULL * (60 + part) / 100) for part in (TOLERANCE - 0.3, TOLERANCE + 0.3))
    assert not measure_ink(plates(a_patch(8, 8, 12, within), width=40), 60).is_over
    assert measure_ink(plates(a_patch(8, 8, 12, beyond), width=40), 60).is_over


def test_places_apart_are_told_apart_the_worst_first() -> None:
    first, second = a_patch(1, 1, 6, 200, width=100, height=60), a_patch(80, 40, 6, 255, width=100, height=60)
    ink = measure_ink(plates(bytes(map(max, first, second)), width=100), 50)
    assert [(one.x_mm, one.y_mm, one.percent) for one in ink.patches] == [(20.0, 10.0, 100.0), (0.25, 0.25, 78.4)]


def test_the_histogram_counts_squares_and_sums_to_all_of_them() -> None:
    ink = measure_ink(plates(a_patch(0, 0, 40, 51), width=40), 240)
    assert ink.histogram == (0.0, 0.0, 100.0)
    assert (ink.mean, ink.means) == (20.0, (("C", 20.0),))


def test_a_page_smaller_than_a_square_is_measured_whole() -> None:
    assert measure_ink(plates(bytes([FULL] * 6), width=3), 240).worst.percent == 100.0


@given(st.data())
def test_it_is_what_counting_by_hand_gives(data: st.DataObject) -> None:
    width, height = data.draw(st.integers(3, 14)), data.draw(st.integers(3, 14))
    per_mm = data.draw(st.integers(1, 6))
    inks = [data.draw(st.binary(min_size=width * height, max_size=width * height)) for _ in range(2)]
    limit = data.draw(st.integers(1, 200))
    ink = measure_ink(plates(*inks, width=width, per_mm=per_mm), limit)
    side = min(per_mm, width, height)
    total = [one + other for one, other in zip(*inks, strict=True)]
    sums = {
        (x, y): sum(total[row * width + column] for row in range(y, y + side) for column in range(x, x + side))
        for y in range(height - side + 1)
        for x in range(width - side + 1)
    }
    most = max(sums.values())
    over = {at for at, value in sums.items() if value > int((limit + TOLERANCE) * FULL * side * side / 100)}
    covered = {(x + right, y + down) for x, y in over for right in range(side) for down in range(side)}
    assert ink.worst.percent == pytest.approx(float(Fraction(100 * most, FULL * side * side)), abs=0.051)
    assert sums[round(ink.worst.x_mm * per_mm), round(ink.worst.y_mm * per_mm)] == most
    assert ink.over_mm2 * per_mm**2 == pytest.approx(len(covered))
    assert ink.is_over == bool(over)
