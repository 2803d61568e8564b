"""A changed word in a warm process (常驻改一词): `python benchmarks/warm_session.py ISSUE_DIR OUT WORDS`.

Prints the times in milliseconds as a JSON list: the first build, then one after each changed word.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from samples import change_word

from layout_engine.session import Session


def main() -> None:
    """Build, then change and build as often as there are words."""
    issue, out, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    session = Session(issue, out=out)
    times = []
    for count in range(1 + len(words) // 2):
        if count:
            change_word(issue, words[2 * count - 2 : 2 * count])
        begin = perf_counter()
        built = session.build()
        times.append((perf_counter() - begin) * 1000)
        assert built.clean
    print(json.dumps(times))


if __name__ == "__main__":
    main()
