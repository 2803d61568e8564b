"""How each kind of region is composed (区域类型): one file a kind, one tuple of all of them.

Comes in: a `Region` of the spec and the `Composing` desk. Goes out: `RegionLayout`. Must not know: the other regions.
Read first: kind.py, story.py.
Tested in: tests/page.
"""
