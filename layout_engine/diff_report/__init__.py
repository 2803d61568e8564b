"""A comparison for the eye (比对报告): one HTML file to walk through on a screen, or sheets of A3 to print.

Comes in: a `Comparison`, both `Edition`s, and of each page a PDF. Goes out: the bytes of one file.
Must not know: how versions are found, opened or compared.
Read first: html.py (its parts lie in page/), then facts.py; sheets.py for paper.
Tested in: tests/report, in a real browser.
"""
