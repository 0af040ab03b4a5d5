"""Figures by buttons, as tables, pictures and files."""
