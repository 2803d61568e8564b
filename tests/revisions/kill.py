"""断电, the store killed at any moment: `python -m tests.revisions.kill 500` kills writers five hundred times.

One or two writers put pages, make revisions, write to the log and clear away, as fast as they can; each tells what it
finished. They are killed (SIGKILL) at a random moment. Then the store must be whole, and everything told finished
must be there, readable to the last byte, or cleared away by the rule. Now and then the index is deleted too.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from layout_engine.base.diagnostics import Diagnostic
from layout_engine.revisions.model import NewRevision
from layout_engine.revisions.refused import RefusedError
from layout_engine.revisions.store import Store, open_store

MOST_FINISHED: Final = 3  # revisions until the kill
LONGEST: Final = 0.02  # seconds from there; a revision takes about half of that
HARMLESS: Final = frozenset({"store/orphans", "store/leavings"})
KEPT: Final = 4
INDEX_LOST_EVERY: Final = 9  # rounds


class Tally(NamedTuple):
    """What a run came to: kills, revisions told finished, cleared away, of both sorts, and what had been left."""

    kills: int
    finished: int
    cleared: int
    half_done: int
    faults: tuple[str, ...]


def kill_often(folder: Path, kills: int, seed: int) -> Tally:
    """Kill the writers of the store in `folder` so many times, and look at it after each."""
    rng = random.Random(seed)
    finished: dict[int, str] = {}
    faults: list[str] = []
    half_done = cleared = 0
    for turn in range(kills):
        if turn % INDEX_LOST_EVERY == INDEX_LOST_EVERY - 1:
            for path in folder.glob("index.sqlite*"):
                path.unlink()
        _write_until_killed(folder, 1 + turn % 2, rng, finished)
        outcome = open_store(folder)
        if outcome.value is None:
            faults.append(f"turn {turn}: does not open: {outcome.diagnostics}")
            break
        with outcome.value as store:
            found = store.check()
            half_done += any(one.code in HARMLESS for one in found)
            faults += [f"turn {turn}: {one.code} {one.values}" for one in (*outcome.diagnostics, *found) if _harms(one)]
            there = {one.number: one for one in store.revisions()}
            gone = {one.revision for one in store.events() if one.kind == "removed"}
            cleared = len(gone)
            for number, content in finished.items():
                if number in there:
                    faults += _unlike(store, number, content)
                elif number not in gone:
                    faults.append(f"turn {turn}: r{number} is lost")
    return Tally(kills, len(finished), cleared, half_done, tuple(faults))


def _harms(one: Diagnostic) -> bool:
    return one.code not in HARMLESS and one.code != "store/index-rebuilt"


def _unlike(store: Store, number: int, content: str) -> list[str]:
    """Whether a revision is, byte for byte, what its writer told."""
    revision = store.find(str(number)).value
    if revision is None or revision.content != content:
        return [f"r{number} is another"]
    parts = [store.read(file.sha256).value for file in revision.files]
    if None in parts or sha256(b"".join(part or b"" for part in parts)).hexdigest() != content:
        return [f"r{number} cannot be read"]
    return []


def _write_until_killed(folder: Path, writers: int, rng: random.Random, finished: dict[int, str]) -> None:
    reading, writing = os.pipe()
    children = []
    for _ in range(writers):
        seed = rng.getrandbits(32)
        child = os.fork()
        if child == 0:
            os.close(reading)
            _write_for_ever(folder, writing, random.Random(seed))
        children.append(child)
    os.close(writing)
    told = b""
    wanted = rng.randint(0, MOST_FINISHED)
    while told.count(b"\n") < wanted:
        more = os.read(reading, 1 << 16)
        assert more, "the writers failed by themselves"
        told += more
    time.sleep(rng.uniform(0, LONGEST))
    for child in children:
        os.kill(child, signal.SIGKILL)
    for child in children:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "a writer failed by itself"
    with os.fdopen(reading, "rb") as rest:
        told += rest.read()
    for line in told.splitlines():
        number, content = line.decode().split()
        finished[int(number)] = content


def _write_for_ever(folder: Path, told: int, rng: random.Random) -> None:
    """The life of a writer; it never returns."""
    try:
        outcome = open_store(folder)
        store = outcome.value
        assert store is not None, outcome.diagnostics
        while True:
            recorded = store.record(lambda number: _revision(store, number, rng))
            made = recorded.value
            assert made is not None, recorded.diagnostics
            os.write(told, f"{made.number} {made.content}\n".encode())  # one short write reaches a pipe whole
            if rng.random() < 0.2:
                store.append_event("note", "2024-05-21T00:00:00", "甲", "看过", None)
            if rng.random() < 0.1:
                _clear_away(store)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def _clear_away(store: Store) -> None:
    try:
        store.collect(keep=KEPT, at="2024-05-22T00:00:00", by="乙")
    except RefusedError:  # the other one was writing all the time
        return


def _revision(store: Store, number: int, rng: random.Random) -> NewRevision:
    parts = [b"%d" % number, *(rng.randbytes(rng.choice((0, 100, 60_000))) for _ in range(rng.randint(0, 3)))]
    files = tuple(store.put_as(f"pages/{at:02}.pdf", part) for at, part in enumerate(parts))
    return NewRevision("proof", "2024-05-21T00:00:00", "甲", "", sha256(b"".join(parts)).hexdigest(), {}, files)


def main(arguments: Sequence[str]) -> int:
    """Kill as often as asked and say what it came to."""
    kills = int(arguments[0]) if arguments else 500
    seed = int(arguments[1]) if len(arguments) > 1 else 20240521
    begin = time.perf_counter()
    with TemporaryDirectory(prefix="layout-engine-kill-") as folder:
        tally = kill_often(Path(folder) / "revisions", kills, seed)
    print(*tally.faults, sep="\n")
    print(
        f"{tally.kills} kills, {tally.finished} revisions told finished, {tally.cleared} cleared away by the rule, "
        f"{tally.half_done} times something was left half done, {len(tally.faults)} faults, "
        f"{time.perf_counter() - begin:.0f} s"
    )
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
