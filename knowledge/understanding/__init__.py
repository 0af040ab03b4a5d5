"""From a question as typed to a question as understood."""

from knowledge.understanding.question import understand

__all__ = ["understand"]
