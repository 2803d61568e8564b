"""中文排版要求 rule by rule, measured in the written PDF, each with the rule switched off as its control.

The rules are numbered TY-nn; `rules.txt` lists them, docs/conformance/clreq.md says how each stands.
Read first: press.py (a page through the real pipeline), measure.py (what the file says), rule.py (the two runs).
"""
