"""PDF/X rule by rule, measured in the written pages of the sample issues in both profiles, each with a planted fault.

The rules are numbered PR-nn; `rules.txt` lists them, docs/conformance/pdfx.md says how each stands.
Read first: clause.py (a rule and its fault), samples.py (the files), measure.py (what a file says).
"""
