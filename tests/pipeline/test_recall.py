"""What is remembered, and when it may not be."""

from layout_engine.base.diagnostics import Outcome, diagnose
from layout_engine.base.recall import Recall


class Work:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_equal_sources_reuse_the_result() -> None:
    recall, work = Recall(), Work()
    assert [recall.get("a", ["same"], work), recall.get("a", ["same"], work)] == [1, 1]


def test_other_sources_make_it_anew() -> None:
    recall, work = Recall(), Work()
    assert [recall.get("a", source, work) for source in ("one", "two", "one")] == [1, 2, 3]


def test_names_are_kept_apart() -> None:
    recall, work = Recall(), Work()
    assert [recall.get(name, "same", work) for name in ("a", ("a", 1), "a")] == [1, 2, 1]


def test_what_lies_on_the_disk_forces_a_remake() -> None:
    recall, work, disk = Recall(), Work(), ["old"]
    made = [recall.get("a", "same", work, lambda _: tuple(disk))]
    disk[0] = "new"
    made += [recall.get("a", "same", work, lambda _: tuple(disk)) for _ in range(2)]
    assert made == [1, 2, 2]


def test_what_failed_beside_the_disk_is_tried_again() -> None:
    """A file that was missing is not among those that were read, so nobody would see it appear."""
    recall, fault = Recall(), diagnose("spec/no-pages", None)
    outcomes = iter((Outcome(1, (fault,)), Outcome(2, ())))
    made = [recall.get("a", "same", lambda: next(outcomes), lambda _: "unchanged") for _ in range(3)]
    assert [one.value for one in made] == [1, 2, 2]


def test_what_nobody_asked_for_is_forgotten() -> None:
    recall, work = Recall(), Work()
    recall.get("a", "same", work)
    recall.get("b", "same", work)
    recall.forget_unused()
    recall.get("b", "same", work)
    recall.forget_unused()
    assert recall.get("b", "same", work) == 2
    assert recall.get("a", "same", work) == 3
