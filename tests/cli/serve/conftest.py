"""Datasette, imported once before all else here: it leaves a connection open then, which Python 3.13 warns of later."""

import gc
import warnings
from contextlib import suppress

with warnings.catch_warnings(), suppress(ImportError):
    warnings.simplefilter("ignore", ResourceWarning)
    import datasette.app  # noqa: F401

    gc.collect()
