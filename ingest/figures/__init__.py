"""From the text of a document to figures: quantities with their place, period, kind and subject."""

from ingest.figures.register import figures_of

__all__ = ["figures_of"]
