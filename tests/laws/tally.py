"""What a run over paragraphs has seen (统计): the laws that were broken, how evenly it is set, the worst lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from tests.typography.setting import EM

_SHOWN: Final = 5


class Fault(NamedTuple):
    """A law that a line breaks."""

    law: str
    number: int
    measure: int
    style: str
    line: str


class Loose(NamedTuple):
    """How far a line is opened, in su a joint."""

    spread: int
    number: int
    measure: int
    style: str
    line: str


class Tally:
    """What a run has seen."""

    def __init__(self, measures: Iterable[int]) -> None:
        self.counts: Counter[str] = Counter()
        self.by_measure: dict[int, Counter[str]] = {measure: Counter() for measure in measures}
        self.spread = 0
        self.faults: list[Fault] = []
        self.worst: list[Loose] = []

    def add(self, other: "Tally") -> None:
        self.counts += other.counts
        for measure, counts in other.by_measure.items():
            self.by_measure[measure] += counts
        self.spread += other.spread
        self.faults += other.faults
        self.worst = sorted(self.worst + other.worst, reverse=True)[:_SHOWN]

    def see(self, loose: Loose) -> None:
        """Remember the line if it is one of the worst."""
        if len(self.worst) < _SHOWN or loose.spread > self.worst[-1].spread:
            self.worst = sorted([*self.worst, loose], reverse=True)[:_SHOWN]


def summary(tally: Tally, styles: Sequence[str], seconds: float) -> str:
    """The run in words."""
    measures = [*tally.by_measure]
    counts = tally.counts
    justified = max(1, counts["justified"])
    lines = [
        f"{counts['paragraphs']:,} paragraphs, {counts['characters']:,} characters, {justified:,} justified lines, "
        f"measures {measures[0]} to {measures[-1]} em, styles {', '.join(styles)}; {seconds:.0f} s",
        f"faults: {len(tally.faults)}",
        *(f"  {law}: {count}" for law, count in Counter(one.law for one in tally.faults).most_common()),
        f"last resorts: {counts['last resorts']}; runts: {counts['runts']}; "
        f"set_paragraph compared: {counts['set_paragraph']}",
        f"squeezed {_share(counts['squeezed'], justified)}, natural {_share(counts['natural'], justified)}, "
        f"squeezed beside stretched {_share(counts['squeezed beside stretched'], justified)}",
        f"mean added space a joint {tally.spread / justified / EM:.4f} em; above 1/8 em "
        f"{_share(counts['above an eighth'], justified)}, above 1/4 em {_share(counts['above a quarter'], justified)}",
        "measure  lines    mean em  >1/8    >1/4    squeezed",
        *(_of_measure(measure, one) for measure, one in tally.by_measure.items() if one["justified"]),
        "worst spacing:",
        *(
            f"  {one.spread / EM:.3f} em a joint, measure {one.measure}, {one.style}, no. {one.number}: {one.line}"
            for one in tally.worst
        ),
    ]
    return "\n".join(lines)


def _of_measure(measure: int, counts: Counter[str]) -> str:
    lines = counts["justified"]
    return (
        f"{measure:>7}  {lines:>7,}  {counts['spread'] / lines / EM:.4f}"
        f"   {_share(counts['above an eighth'], lines):<7}"
        f" {_share(counts['above a quarter'], lines):<7} {_share(counts['squeezed'], lines)}"
    )


def _share(part_: int, whole: int) -> str:
    return f"{part_ / whole:.2%}"
