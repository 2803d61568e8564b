"""Where the two versions of a comparison come from (版本来源): folders, kept revisions, git, PDFs.

Comes in: a reference as it is typed, hostile until checked. Goes out: an `Edition`, or findings that say why there is
none. Must not know: how editions are compared or shown. Read first: open_edition.py.
Tested in: tests/editions.
"""
