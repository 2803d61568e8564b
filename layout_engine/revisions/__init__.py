"""The revision store (版次库): every proof, galley and release of an issue's date, kept so that none is lost.

Comes in: files, and who made them when and why. Goes out: numbered revisions, their files, the log.
Must not know: pages, scenes, PDF, the clock. Read first: model.py, store.py.
Tested in: tests/revisions.
"""
