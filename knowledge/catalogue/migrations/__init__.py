"""Numbered migrations, never edited once released."""
