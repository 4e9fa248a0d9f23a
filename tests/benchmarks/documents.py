"""How well files are read: damaged ones of every kind, and the public pages and PDFs of ../shared/data.

    python tests/benchmarks/documents.py damaged [--tries 1000] [--kind .pdf]
    python tests/benchmarks/documents.py pages
    python tests/benchmarks/documents.py pdfs

Damaged: bytes changed, stretches cut out or said twice, ends cut off; each file has to be read, its passages
exact, or to be refused with a reason. Pages: F1 of mean precision and mean recall of the text read, by runs
of four words and without its title, against what people marked as the article's. PDFs: what was read of each.
Times are of the processor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.errors import DocumentError  # noqa: E402
from index.load import load_document  # noqa: E402
from tests.damage import LONGEST, read_or_named  # noqa: E402
from tests.making import EVERY_KIND  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
RUN = 4
_TITLE = re.compile(r"\A# .*\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="How well files are read.")
    parser.add_argument("what", choices=("damaged", "pages", "pdfs"))
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--kind", choices=sorted(EVERY_KIND), action="append")
    options = parser.parse_args()
    if options.what == "damaged":
        for kind in options.kind or sorted(EVERY_KIND):
            damaged(kind, options.tries)
    else:
        (pages if options.what == "pages" else pdfs)()


def damaged(kind: str, tries: int) -> None:
    """Prints how many files of a kind were read, how many refused, and the longest that one took."""
    chance = random.Random(kind)
    outcomes: Counter[str] = Counter()
    longest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(tries):
            began = time.process_time()
            try:
                outcomes[read_or_named(kind, chance, Path(folder))] += 1
            except Exception as error:  # whatever it is, it is what is looked for
                outcomes["FAULT"] += 1
                print(f"  {kind} file {number}: {error!r}"[:300])
            longest = max(longest, time.process_time() - began)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    print(f"{kind:10s} {told}; longest {longest:.2f} s (limit {LONGEST:g} s)", flush=True)


def pages() -> None:
    """Prints mean F1 over the pages, and the worst three."""
    truth = json.loads((DATA / "html" / "ground-truth.json").read_text(encoding="utf-8"))
    precision, recall = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name, page in truth.items():
            path = Path(folder) / f"{name}.html"
            path.write_bytes(gzip.decompress((DATA / "html" / f"{name}.html.gz").read_bytes()))
            found = runs(_TITLE.sub("", load_document(str(path)).text))
            wanted = runs(page["articleBody"])
            shared = sum((found & wanted).values())
            precision[name], recall[name] = shared / found.total(), shared / wanted.total()
    f1 = {name: statistics.harmonic_mean((precision[name], recall[name])) for name in truth}
    told = statistics.harmonic_mean(statistics.fmean(each.values()) for each in (precision, recall))
    print(f"{len(truth)} pages, F1 {told:.4f}")
    for name in sorted(f1, key=f1.__getitem__)[:3]:
        print(f"  {f1[name]:.3f} {name}")


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def pdfs() -> None:
    """Prints what was read of each PDF, or why none of it was."""
    for path in sorted((DATA / "pdf").glob("*.pdf")):
        began = time.process_time()
        try:
            document = load_document(str(path))
            rows = sum(line.startswith("|") for line in document.text.splitlines())
            told = f"{len(document.pages)} pages, {len(document.text)} characters, {rows} rows"
            told = "; ".join([told, *map(str, document.unread)])
        except DocumentError as error:
            told = str(error.reason)
        print(f"{path.name:36s} {time.process_time() - began:5.2f} s  {told}")


if __name__ == "__main__":
    main()
