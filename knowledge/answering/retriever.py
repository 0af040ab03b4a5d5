"""The search as a LangChain retriever, for use in chains of others."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from knowledge.answering import Assistant
from knowledge.model import Audience
from knowledge.search.ranking import Hit


class LibraryRetriever(BaseRetriever):
    """Finds the passages of the live generation for a question as typed.

    Attributes:
        assistant: the one whose library is searched.
        audience: what may be found.
        k: how many passages are returned.
    """

    assistant: Any
    audience: Audience = Audience.EVERYONE
    k: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  (LangChain's signature)
    ) -> list[LangChainDocument]:
        assistant: Assistant = self.assistant
        whole, found = assistant.search(query, audience=self.audience)
        library = whole.seen_by(self.audience)
        return [
            LangChainDocument(
                page_content=hit.passage.text,
                id=hit.passage.id,
                metadata={
                    **_metadata(library.documents[hit.passage.document].source, hit),
                    "state": library.standing_of(hit.passage).on(assistant.today()).value,
                },
            )
            for hit in found.hits[: self.k]
        ]


def _metadata(source: str, hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "source": source,
        "document": passage.document,
        "locator": passage.locator,
        "breadcrumb": passage.breadcrumb,
        "article": passage.article,
        "page": passage.page,
        "score": hit.score,
    }
