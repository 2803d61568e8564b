"""Open the faces (开字体): which face stands behind a role, and which of its chain has a character.

Comes in: fonts/fonts.yaml and the roles in use. Goes out: `Faces` (chains, measures), coverage for people.
Must not know: text, pages, the PDF.
Read first: opening.py, then catalog.py, fallback.py and face.py.
Tested in: tests/faces.
"""
