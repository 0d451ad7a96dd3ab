"""Kalevi hears every word customers say and tells a company what to do today."""

import os

# The reader multiplies small matrices: several threads are no faster at it, and keep every core busy.
# numpy asks when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
