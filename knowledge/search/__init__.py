"""Searching the live generation: vectors, words, and the fusion of both."""
