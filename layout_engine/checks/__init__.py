"""Check what was read, composed and written (检查), and say what is wrong in the trade's words.

Comes in: the scene, a profile, the bytes of a written PDF. Goes out: diagnostics. Must not know: how to mend it.
Read first: ink.py (before a page is written), readback.py (after).
Tested in: tests/pdf/test_ink.py, tests/pdf/test_readback.py.
"""
