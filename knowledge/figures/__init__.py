"""Figures: the register, what a question asks of it, and what is computed from what it holds."""

from knowledge.figures.filters import Wanted, chosen

__all__ = ["Wanted", "chosen"]
