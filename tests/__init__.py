"""Tests: they mirror layout_engine/, and share tests/kit."""
