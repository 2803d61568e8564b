"""Check what was read, composed and written (检查), and say what is wrong in the trade's words.

Comes in: copy, layout, scene, the bytes of a written PDF. Goes out: diagnostics. Must not know: how to mend it.
Read first: readback.py.
Tested in: tests/pdf/test_readback.py.
"""
