"""Tests of layout_engine/faces."""
