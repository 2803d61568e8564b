"""What a printer may get (付印版): a page measured on its written file, let go or held, and the late page (换版).

Comes in: a page's bytes with its Scene and the profile; an earlier PDF that it replaces. Goes out: diagnostics at the
lines of the copy that they come from; which plates change. Must not know: how a page is laid out or written.
Read first: judging.py, then replacing.py.
Tested in: tests/final.
"""
