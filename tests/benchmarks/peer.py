"""One system of `peers.py`, in a process of its own and under its own interpreter.

    peer.py NAME index FOLDER MODEL     embed FOLDER/passages.json and store them in FOLDER/NAME
    peer.py NAME ask FOLDER MODEL       load them; find the ten nearest for each question of standard input

Each is used as its own documentation shows, with the weights of MODEL on the CPU. Both print JSON lines.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HAYSTACK_TELEMETRY_ENABLED="False")

from processes import answered, peak_megabytes

Texts = dict[str, str]
"""Passage id -> text."""

Search = Callable[[str], list[str]]
"""Ids of the ten passages found for a question, best first."""

FOUND = 10


class LangChain:
    """Passages in LangChain's FAISS store."""

    def __init__(self, model: str) -> None:
        from langchain_community.vectorstores import FAISS
        from langchain_huggingface import HuggingFaceEmbeddings

        self.store = FAISS
        self.start = lambda: HuggingFaceEmbeddings(
            model_name=model, model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True}
        )

    def index(self, texts: Texts, folder: Path) -> None:
        embeddings = self.start()
        store = self.store.from_texts(list(texts.values()), embeddings, [{"id": one} for one in texts])
        store.save_local(str(folder))

    def open(self, folder: Path) -> Search:
        store = self.store.load_local(str(folder), self.start(), allow_dangerous_deserialization=True)
        return lambda question: [
            document.metadata["id"] for document in store.similarity_search(question, k=FOUND)
        ]


class LlamaIndex:
    """Passages as nodes in LlamaIndex's FAISS store."""

    def __init__(self, model: str) -> None:
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
        from llama_index.core.schema import TextNode
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.faiss import FaissVectorStore

        self.faiss, self.context, self.node = faiss, StorageContext, TextNode
        self.vector_index, self.load, self.store = VectorStoreIndex, load_index_from_storage, FaissVectorStore
        self.start = lambda: HuggingFaceEmbedding(model_name=model, device="cpu")

    def index(self, texts: Texts, folder: Path) -> None:
        embedding = self.start()
        dimension = len(embedding.get_text_embedding("dimension"))
        store = self.store(faiss_index=self.faiss.IndexFlatIP(dimension))
        nodes = [self.node(text=text, id_=one) for one, text in texts.items()]
        context = self.context.from_defaults(vector_store=store)
        index = self.vector_index(nodes, storage_context=context, embed_model=embedding)
        index.storage_context.persist(persist_dir=str(folder))

    def open(self, folder: Path) -> Search:
        store = self.store.from_persist_dir(str(folder))
        context = self.context.from_defaults(vector_store=store, persist_dir=str(folder))
        index = self.load(context, embed_model=self.start())
        retriever = index.as_retriever(similarity_top_k=FOUND)
        return lambda question: [found.node.node_id for found in retriever.retrieve(question)]


class Haystack:
    """Passages in Haystack's in-memory store, embedded by its sentence-transformers components."""

    def __init__(self, model: str) -> None:
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack.utils import ComponentDevice
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        self.document, self.store, self.retriever = (
            Document,
            InMemoryDocumentStore,
            InMemoryEmbeddingRetriever,
        )
        chosen: dict[str, Any] = {
            "model": model,
            "device": ComponentDevice.from_str("cpu"),
            "progress_bar": False,
            "normalize_embeddings": True,
        }
        self.documents = lambda: SentenceTransformersDocumentEmbedder(**chosen)
        self.questions = lambda: SentenceTransformersTextEmbedder(**chosen)

    def index(self, texts: Texts, folder: Path) -> None:
        embedder = self.documents()
        embedder.warm_up()
        embedded = embedder.run([self.document(id=one, content=text) for one, text in texts.items()])
        store = self.store(embedding_similarity_function="dot_product")
        store.write_documents(embedded["documents"])
        folder.mkdir()
        store.save_to_disk(str(folder / "store.json"))

    def open(self, folder: Path) -> Search:
        embedder = self.questions()
        embedder.warm_up()
        retriever = self.retriever(self.store.load_from_disk(str(folder / "store.json")), top_k=FOUND)

        def search(question: str) -> list[str]:
            vector = embedder.run(question)["embedding"]
            return [document.id for document in retriever.run(query_embedding=vector)["documents"]]

        return search


class Txtai:
    """Passages in txtai's FAISS index; `hybrid` adds its own BM25."""

    def __init__(self, model: str, hybrid: bool = False) -> None:
        from txtai import Embeddings

        self.start = lambda: Embeddings(path=model, hybrid=hybrid, gpu=False)

    def index(self, texts: Texts, folder: Path) -> None:
        embeddings = self.start()
        embeddings.index((one, text, None) for one, text in texts.items())
        embeddings.save(str(folder))

    def open(self, folder: Path) -> Search:
        embeddings = self.start()
        embeddings.load(str(folder))
        return lambda question: [one for one, _ in embeddings.search(question, FOUND)]


class Lightqa:
    """The index of this project, built from the files that the passages are of."""

    def __init__(self, model: str) -> None:
        from index.search import PassageIndex

        self.passage_index = PassageIndex

    def index(self, texts: Texts, folder: Path) -> float:
        """Seconds from the first document on: converting the encoder happens once for a model."""
        from index.build import build
        from index.load import load_paths

        documents, _ = load_paths(json.loads((folder.parent / "paths.json").read_text(encoding="utf-8")))
        began: list[float] = []

        def progress(doing: str, done: int, total: int) -> None:
            if doing == "Splitting" and not began:
                began.append(time.perf_counter())

        build(documents, folder, progress=progress)
        return time.perf_counter() - began[0]

    def open(self, folder: Path) -> Search:
        index = self.passage_index.open(folder)
        return lambda question: [str(hit.passage.id) for hit in index.search(question, FOUND)]


SYSTEMS: dict[str, Callable[[str], Any]] = {
    "lightqa": Lightqa,
    "LangChain (FAISS)": LangChain,
    "LlamaIndex (FAISS)": LlamaIndex,
    "Haystack": Haystack,
    "txtai": Txtai,
    "txtai hybrid": lambda model: Txtai(model, hybrid=True),
}


def main(name: str, doing: str, folder: Path, model: str) -> None:
    began = time.perf_counter()
    system = SYSTEMS[name](model)
    imported = time.perf_counter() - began
    if doing == "index":
        texts = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
        began = time.perf_counter()
        itself = system.index(texts, folder / name)
        print(json.dumps({"seconds": itself or time.perf_counter() - began}))
        return
    questions: Texts = json.load(sys.stdin)
    answers, seconds = answered(system.open(folder / name), questions.values())
    found = dict(zip(questions, answers, strict=True))
    peak = peak_megabytes()
    print(json.dumps({"imported": imported, "seconds": seconds, "found": found, "peak_megabytes": peak}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
