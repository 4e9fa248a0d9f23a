"""Text of pictures: a page that is a scan, read by RapidOCR, whose package brings its models along.

Installed with the extra `lightqa[ocr]`. It runs on ONNX Runtime, offline and in f32 everywhere, so that
what is read does not hang on the processor: 2 to 8 s of processor time a page, 1 GB of memory while it reads.
"""

from __future__ import annotations

import functools
import importlib.util
from statistics import median
from typing import Any

from index.pdf_rows import Run

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
        (words.strip(), box[:, 0], box[:, 1], float(box[:, 1].max() - box[:, 1].min()))
        for box, words, sure in zip(found.boxes, found.txts, found.scores, strict=True)
        if sure >= _LEAST_SURE and words.strip()
    ]
    usual = median(tall for *_, tall in lines) if lines else 0.0
    return [
        Run(
            words=words,
            left=max(0.0, float(across.min()) / _DOTS_PER_POINT),
            right=min(width, float(across.max()) / _DOTS_PER_POINT),
            height=height - (float(down.max()) - _BASE_LINE * tall) / _DOTS_PER_POINT,
            size=round(
                (usual if abs(tall - usual) <= _SAME_TYPE * usual else tall) * _TYPE_SIZE / _DOTS_PER_POINT, 1
            ),
        )
        for words, across, down, tall in lines
    ]


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
