"""Inconsistencies in a library: read from the catalogue, found by `knowledge.checking`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.catalogue import Catalogue
from knowledge.checking import Checked, Problem, problems_of
from knowledge.model import Figure


def find_problems(catalogue: Catalogue) -> list[Problem]:
    """Return what is inconsistent in the live library."""
    versions = catalogue.versions(generation=catalogue.live_generation())
    ids = [version.id for version in versions]
    written = catalogue.texts(ids)
    figures: dict[str, list[Figure]] = {}
    for figure in catalogue.figures(ids):
        figures.setdefault(figure.document, []).append(figure)
    return problems_of(
        [
            Checked(
                document=version.document,
                text=written[version.document.id],
                figures=tuple(figures.get(version.document.id, ())),
            )
            for version in versions
        ]
    )


def count_of(problems: Iterable[Problem], documents: Collection[str]) -> int:
    """Return how many problems have to do with some documents, named by their ids."""
    return sum(
        one.document in documents or any(other.document in documents for other in one.against)
        for one in problems
    )
