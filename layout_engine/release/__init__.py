"""Sign pages off and release an issue (签样付印): who saw what, and that nothing changed since.

Comes in: records of pages, signatures, written files. Goes out: sign-offs, a manifest, findings. Must not know: how
pages are laid out. Read first: signoff.py.
Tested in: tests/release.
"""
