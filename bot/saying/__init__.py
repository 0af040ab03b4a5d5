"""Answers, figures and standings in words. Pure."""
