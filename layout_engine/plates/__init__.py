"""What ink does each plate carry (分色版), on the page as it is rendered, with pictures and overprint?

Comes in: any PDF, ours or not; what the press takes. Goes out: plates as ink coverage, ink measured, pictures of both.
Must not know: the Scene, how our own files are written. Ghostscript, an unrelated renderer, runs as a program apart.
Read first: render.py, then ink.py.
Tested in: tests/plates.
"""
