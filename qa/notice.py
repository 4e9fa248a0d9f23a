"""The standing notice. It stands here alone and is part of every reply, in every channel."""

DISCLAIMER = (
    "This is not medical advice. lightqa quotes the documents it was given; they may be wrong, "
    "one-sided or out of date. For a decision about your health, ask a doctor, a pharmacist or "
    "another health professional who knows you."
)
