"""Words everybody uses (基础): units, rectangles, diagnostics, texts that know where they come from.

Comes in: nothing. Goes out: values. Must not know: any other package of ours.
Read first: units.py, diagnostics.py, source.py.
Tested in: tests/base.
"""
