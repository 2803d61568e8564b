"""Write the Scene as a PDF for the press (输出).

Comes in: `Scene`, `Faces`, a `Profile`, prepared pictures. Goes out: bytes. Must not know: YAML, stories, flow.
Read first: write.py, then document.py (all that touches ReportLab), fonts.py, text.py.
Tested in: tests/pdf.
"""
