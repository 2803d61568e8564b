"""Show a page to people (样张): as a picture, later with marks upon it and beside an older one.

Comes in: the bytes of a written PDF. Goes out: pictures. Must not know: YAML, stories, flow, how a PDF is written.
Read first: raster.py.
Tested in: tests/pdf/test_raster.py.
"""
