"""What goes wrong when a model is loaded, as one error with one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.errors import ModelUnavailableError


@contextmanager
def loading(what: str, name: str) -> Iterator[None]:
    """Within it, whatever a library raises becomes an error that names the model.

    Args:
        what: the sort of model, for the message ("embedding model").
        name: as it was asked for, a name or a folder.

    Raises:
        ModelUnavailableError: it is not on this machine and cannot be fetched, or does not load.
    """
    try:
        yield
    except Exception as error:  # broken weights and settings raise anything, without a common root
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelUnavailableError(f"{what} {name!r} cannot be loaded: {lines[0]}") from error
