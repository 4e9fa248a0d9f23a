"""Read by every Python that a test starts, before anything else: it may not leave this machine either."""

import os

import no_network

if no_network.RECORD in os.environ:
    no_network.forbid()
