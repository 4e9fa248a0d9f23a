"""Questions to start from, over the shipped documents."""

from __future__ import annotations

EXAMPLES = (
    "Does cold laser work for back pain?",
    "Does infrared therapy help neuropathy?",
    "How long is one session of cold laser?",
    "Are there side effects of infrared therapy?",
    "Is laser for neck pain proven?",
    "When do I go straight to A&E with my back?",
)
"""Of those asked in advance, each answered surely, its first sentence at once; the tests hold them to that.
Any that the indexed documents do not answer is not offered."""
