"""Remarks come home (批注归稿): what people marked on a proof in any viewer, as places in the articles.

Comes in: a proof PDF with annotations, hostile until checked. Goes out: remarks with file, paragraph and characters.
Must not know: how pages are laid out or written. Read first: read.py.
Tested in: tests/remarks.
"""
