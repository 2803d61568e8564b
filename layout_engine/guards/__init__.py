"""Editors' guards (编校把关): what an editor would be ashamed to see printed, found before it is.

Comes in: the issue's spec and copy as read. Goes out: findings, switched and weighed as house and issue say.
Must not know: pages as laid out, faces, PDF; it changes nothing.
Read first: guard.py (what a guard is), built_in.py (which there are), run.py (how they are run).
Tested in: tests/guards; told to people in docs/guards.md.
"""
