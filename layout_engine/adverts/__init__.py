"""Advertisements that arrive as PDF (广告来件): looked into before they are placed, copied object by object.

Comes in: the PDF of an advertiser, hostile until checked. Goes out: `Advert` with its facts; `CopiedForm`.
Must not know: regions, pages, the press, the writer.
Read first: reading.py, then structure.py and painting.py (what is inside), copying.py. Tested in: tests/adverts.
"""
