"""Read the copy (读稿): articles and pictures become stories whose every character knows its place in the file.

Comes in: article files (Markdown with YAML front matter), pictures and their captions. Goes out: `Copy`.
Must not know: pages, fonts, PDF.
Read first: model.py, then article.py, normalize.py.
Tested in: tests/content.
"""
