"""Read the copy (读稿): articles and pictures become stories, each character with its place.

Comes in: article files (Markdown with YAML front matter), pictures and their captions. Goes out: `Copy`.
Must not know: pages, fonts, PDF.
Read first: model.py, then read.py → article.py → markdown.py; intake.py → normalize.py, pairing.py, cuts.py.
Tested in: tests/content.
"""
