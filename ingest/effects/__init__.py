"""What a law says of its own time in force, and of what it does to other documents."""

from ingest.effects.changes import changes_of
from ingest.effects.days import effects_of

__all__ = ["changes_of", "effects_of"]
