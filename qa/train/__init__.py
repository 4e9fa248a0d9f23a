"""How the weights that ship were fitted, from questions whose answers are known.

Imported by nothing that answers questions.
"""
