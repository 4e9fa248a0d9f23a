"""Files to ranked passages. `PassageIndex` is the only door; nothing here knows of answers."""

import os
import sys

# OpenVINO's converter reports its use to a web service wherever it can import this package, and takes
# its own silent stub where it cannot. Nothing may leave the machine, so it must not.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]

# NumPy's products for a question are small: several threads would wait for each other, and for OpenVINO's,
# by turning round and round. NumPy reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
