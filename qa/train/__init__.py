"""How the reader of `qa.reader` is trained: examples from public data, the network, export, figures.

Needs torch and the public data sets, and is imported by nothing that answers questions.
"""
