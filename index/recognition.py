"""Text of pictures: a page that is a scan, read by RapidOCR, whose package brings its models along.

Installed with the extra `lightqa[ocr]`. It runs on ONNX Runtime, offline and in f32 everywhere, so that
what is read does not hang on the processor: 2 to 8 s of processor time a page, 1 GB of memory while it reads.
"""

from __future__ import annotations

import functools
import importlib.util
from statistics import median
from typing import Any

from index.pdf_runs import Run

INSTALL = "pip install 'lightqa[ocr]'"

_DOTS_PER_POINT = 170 / 72
"""So that a page of A4 stays under the 2,000 dots to which RapidOCR shrinks what is larger."""

_LEAST_SURE = 0.6
"""Below this the letters are mostly not what stands there: stamps, drawings, handwriting."""

_BASE_LINE, _TYPE_SIZE = 0.22, 0.72
"""Of the height of a recognised box, which leaves room above and below the letters."""

_SAME_TYPE = 0.22
"""Boxes of lines in one type differ in height by their ascenders; a heading differs by more."""


def can_recognise() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


def recognised_runs(page: Any) -> list[Run]:
    """The lines of text in the picture of a page of a `pypdfium2.PdfDocument`; none where there are none."""
    width, height = page.get_size()
    picture = page.render(scale=_DOTS_PER_POINT, rev_byteorder=True).to_numpy()
    found = _recogniser()(picture[:, :, :3])
    if found.boxes is None:
        return []
    lines = [
        (words.strip(), box[:, 0], box[:, 1])
        for box, words, sure in zip(found.boxes, found.txts, found.scores, strict=True)
        if sure >= _LEAST_SURE and words.strip()
    ]
    tall = median(_height(down) for _, _, down in lines) if lines else 0.0
    runs = []
    for words, across, down in lines:
        box_height = _height(down)
        size = tall if abs(box_height - tall) <= _SAME_TYPE * tall else box_height
        runs.append(
            Run(
                words=words,
                left=max(0.0, float(across.min()) / _DOTS_PER_POINT),
                right=min(width, float(across.max()) / _DOTS_PER_POINT),
                height=height - (float(down.max()) - _BASE_LINE * box_height) / _DOTS_PER_POINT,
                size=round(size * _TYPE_SIZE / _DOTS_PER_POINT, 1),
            )
        )
    return runs


def _height(down: Any) -> float:
    return float(down.max() - down.min())


@functools.cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    from index.compiled import threads_of_environment

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # What looks for lines that stand on their heads turns long ones that do not, and spoils them.
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads_of_environment() or -1,
        }
    )
