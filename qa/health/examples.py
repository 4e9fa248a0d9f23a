"""Questions to start from, over the shipped documents."""

from __future__ import annotations

EXAMPLES = (
    "Does cold laser therapy help chronic low back pain?",
    "What does infrared therapy do for neuropathy?",
    "How long does a cold laser session last?",
    "Who should not have laser therapy?",
    "Is infrared therapy for neuropathy approved?",
    "When should I get help for back pain?",
)
"""Any that the indexed documents do not answer is not offered."""
