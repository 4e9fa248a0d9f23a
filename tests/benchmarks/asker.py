"""lightqa as a process of its own, to be measured: what `rival.py` does, done by the assistant.

`asker.py index FOLDER PASSAGES` embeds the texts of a JSON file with the encoder of an index;
`asker.py ask FOLDER` reads a list of questions from standard input and answers each. Both print JSON lines.
"""

import json
import sys
from pathlib import Path

from processes import answered, encoded, peak_megabytes

from index.search import PassageIndex
from qa.ask import Assistant


def main(doing: str, folder: Path, passages: Path | None = None) -> None:
    index = PassageIndex.open(folder)
    if doing == "index":
        assert passages is not None
        _, rate = encoded(index.encoder.encode, json.loads(passages.read_text(encoding="utf-8")))
        print(json.dumps({"passages_per_second": rate, "peak_megabytes": peak_megabytes()}))
        return
    _, seconds = answered(Assistant(index).ask, json.load(sys.stdin))
    print(json.dumps({"seconds": seconds, "peak_megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
