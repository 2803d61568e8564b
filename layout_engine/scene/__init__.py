"""The display list (显示列表): every glyph, rule, fill and picture at its final place, and the ledger of the copy.

Comes in: `PageLayout`. Goes out: `Scene` and `Ledger`. Must not know: PDF operators.
Read first: items.py, draw.py, ledger.py.
Tested in: tests/scene, tests/laws.
"""
