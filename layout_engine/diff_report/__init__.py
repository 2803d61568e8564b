"""A comparison for the eye (比对报告): one HTML file to walk through on a screen, or sheets of A3 to print.

*In*: a `Comparison`, both `Edition`s, and of each page a PDF. *Out*: the bytes of one file. *Must not know*: how
versions are found or compared. *Read first*: html.py with page/report.html, then facts.py; sheets.py for paper. *Tested
in*: tests/report, in a real browser.
"""
