"""The truth of the library: documents, versions, passages and generations, in SQL."""

from knowledge.catalogue.store import Catalogue, Generation, StoredDocument, StoredVersion

__all__ = ["Catalogue", "Generation", "StoredDocument", "StoredVersion"]
