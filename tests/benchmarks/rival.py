"""The rival: retrieval in a few lines of sentence-transformers and FAISS, as a process of its own.

`rival.py index MODEL FOLDER` embeds FOLDER/passages.json; `rival.py ask MODEL FOLDER` reads a list of
questions from standard input and finds the nearest passage for each. Both print JSON lines. It quotes
nothing, declines nothing and checks nothing.
"""

import json
import sys
import time
from pathlib import Path

import faiss
from processes import peak_megabytes
from sentence_transformers import SentenceTransformer


def main(doing: str, model: str, folder: Path) -> None:
    encoder = SentenceTransformer(model, device="cpu")
    passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
    if doing == "index":
        encoder.encode(passages[:8])
        began = time.perf_counter()
        vectors = encoder.encode(passages, normalize_embeddings=True)
        seconds = time.perf_counter() - began
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / "rival.faiss"))
        print(
            json.dumps({"passages_per_second": len(passages) / seconds, "peak_megabytes": peak_megabytes()})
        )
        return
    stored = faiss.read_index(str(folder / "rival.faiss"))
    seconds_each = []
    for question in json.load(sys.stdin):
        began = time.perf_counter()
        _, nearest = stored.search(encoder.encode([question], normalize_embeddings=True), 1)
        best = passages[nearest[0][0]]
        seconds_each.append(time.perf_counter() - began)
        if len(seconds_each) == 1:
            print(json.dumps({"reply": best}), flush=True)
    print(json.dumps({"seconds": seconds_each, "peak_megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
