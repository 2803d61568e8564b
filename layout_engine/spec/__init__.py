"""Read the page spec (读版样): what layout staff write in YAML becomes typed values with every fault named.

Comes in: an issue's folder with YAML files. Goes out: `IssueSpec`. Must not know: articles, fonts, PDF.
Read first: model.py and model_regions.py (what can be written), then read.py, resolve.py.
Tested in: tests/spec, tests/cases/spec.
"""
