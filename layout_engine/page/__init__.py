"""Flow the copy into the page (走文): regions at their places, lines in their slots, what is left over.

Comes in: `PageSpec`, `Copy`, `Faces`. Goes out: `PageLayout`. Must not know: drawing, PDF.
Read first: model.py, lay_out.py, pour.py, regions/.
Tested in: tests/page.
"""
