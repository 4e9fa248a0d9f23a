"""The rival: retrieval in a few lines of sentence-transformers and FAISS, as a process of its own.

`rival.py index MODEL FOLDER` embeds FOLDER/passages.json; `rival.py ask MODEL FOLDER` reads a list of
questions from standard input and finds the nearest passage for each. Both print JSON lines. It quotes
nothing, declines nothing and checks nothing.
"""

import json
import sys
from functools import partial
from pathlib import Path

import faiss
from processes import answered, encoded, peak_megabytes
from sentence_transformers import SentenceTransformer


def main(doing: str, model: str, folder: Path) -> None:
    encode = partial(SentenceTransformer(model, device="cpu").encode, normalize_embeddings=True)
    passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
    if doing == "index":
        vectors, rate = encoded(encode, passages)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / "rival.faiss"))
        print(json.dumps({"passages_per_second": rate, "peak_megabytes": peak_megabytes()}))
        return
    stored = faiss.read_index(str(folder / "rival.faiss"))

    def nearest(question: str) -> str:
        _, found = stored.search(encode([question]), 1)
        return passages[found[0][0]]

    _, seconds = answered(nearest, json.load(sys.stdin))
    print(json.dumps({"seconds": seconds, "peak_megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
