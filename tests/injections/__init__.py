"""Attacks in questions, documents, their metadata and file names, and that none has an effect."""
