"""Tests of layout_engine/pdf, and of what reads its files back."""
