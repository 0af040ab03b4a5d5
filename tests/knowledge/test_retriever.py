"""The search as a LangChain retriever: in a chain, with its audience, from the live generation."""

from pathlib import Path

from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

from ingest.pipeline import Ingestion
from knowledge.answering.retriever import LibraryRetriever
from knowledge.model import Audience
from tests.builders import LAW_FILE, LOAN_QUESTION, Stand, write_all


def _sources(found: list[Document]) -> list[str]:
    return [str(one.metadata["source"]) for one in found]


def test_it_finds_the_passage_within_a_chain(stand: Stand, samples: Path) -> None:
    ingestion: Ingestion = stand.ingestion()
    ingestion.ingest([samples])
    retriever = LibraryRetriever(assistant=stand.assistant(), k=3)
    chain = retriever | RunnableLambda(_sources)
    found = retriever.invoke(LOAN_QUESTION)
    assert len(found) == 3
    assert found[0].metadata["source"] == LAW_FILE
    assert found[0].metadata["locator"].startswith("Điều ")
    assert found[0].metadata["state"] == "in_force"
    assert found[0].page_content
    assert chain.invoke(LOAN_QUESTION)[0] == LAW_FILE


def test_it_finds_nothing_that_its_audience_may_not_see(stand: Stand, samples: Path) -> None:
    table = f"file,audience\n{LAW_FILE},admins\n"
    write_all(samples, {"documents.csv": table})
    stand.ingestion().ingest([samples])
    everyone = LibraryRetriever(assistant=stand.assistant(), k=50)
    admins = LibraryRetriever(assistant=stand.assistant(), k=50, audience=Audience.ADMINS)
    assert LAW_FILE not in {one.metadata["source"] for one in everyone.invoke(LOAN_QUESTION)}
    assert LAW_FILE in {one.metadata["source"] for one in admins.invoke(LOAN_QUESTION)}
