"""Two versions of an issue compared (比对): what changed, in five classes, and what only moved because of it.

Comes in: two `Edition`s, each the records of some pages. Goes out: a `Comparison`: changes with their places on both
sides, and for each story whether it is identical, reflowed or changed. Must not know: where the records came from
(editions), how changes are shown. Read first: compare.py, then model.py and align.py.
Tested in: tests/diff, and at length by `python -m tests.diff.edits`.
"""
