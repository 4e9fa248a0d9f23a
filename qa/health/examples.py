"""Questions to start from, over the shipped documents."""

from __future__ import annotations

EXAMPLES = (
    "Does cold laser therapy help chronic low back pain?",
    "Does infrared therapy work for neuropathy?",
    "How long does a cold laser session last?",
    "Does infrared or laser therapy have side effects?",
    "Does cold laser help neck pain?",
    "When is back pain an emergency?",
)
"""Each is answered surely, its first sentence at once; the tests hold them to that. Any that the
indexed documents do not answer is not offered."""
