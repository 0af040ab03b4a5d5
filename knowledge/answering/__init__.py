"""From a question to an answer: what may be answered, the evidence, and the guard."""

from knowledge.answering.assistant import Assistant

__all__ = ["Assistant"]
