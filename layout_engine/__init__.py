"""A layout engine for Chinese newspapers: from a page spec in YAML and articles to a print-ready PDF.

Read first: pipeline.py, the stages in their order.
"""

__version__ = "0.1.0"
