"""Would this PDF print as it should (印前检查)? Any PDF, ours or an advertiser's, read without trust.

Comes in: the path or bytes of a PDF, a `Profile`. Goes out: `PreflightReport`, a finding with page, place and rule.
Must not know: the Scene, how our own files are written; nothing of `pdf` but the profile's numbers.
Read first: inspect_file.py, then painted.py.
Tested in: tests/preflight.
"""
