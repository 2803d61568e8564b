"""Editors' guards (编校把关): what an editor would be ashamed to see printed, found before it is.

In: the issue's spec and copy as read. Out: findings, switched and weighed as house and issue say.
It must not know pages as laid out, faces, or PDF; it changes nothing.
Read first: guard.py (what a guard is), built_in.py (which there are), run.py (how they are run).
Tested in tests/guards; told to people in docs/guards.md.
"""
