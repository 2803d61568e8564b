"""The rules of the standard for print, a file a group (规则): each a small function that tells what it finds.

Comes in: what the interpreter paints, the dictionaries of the file. Goes out: findings. Must not know: one another.
Read first: every.py, where each rule is listed with its number and the kinds of file for which it holds.
Tested in: tests/preflight.
"""
