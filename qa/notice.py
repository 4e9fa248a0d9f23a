"""The standing notices. They stand here alone; a pack says which of them is part of every reply."""

NOTICE = "lightqa quotes the documents it was given; they may be wrong, one-sided or out of date."

DISCLAIMER = (
    f"This is not medical advice. {NOTICE} For a decision about your health, ask a doctor, a pharmacist or "
    "another health professional who knows you."
)
