"""What holds for every test."""

import os

from hypothesis import settings

# How long one example takes says more about the machine than about the code; speed is measured
# in bench/. What a counterexample needs to be run again is printed with it.
settings.register_profile("explore", deadline=None, print_blob=True)
# A change is judged by the same examples each time: a failure is then the change's own. New
# examples are looked for by `make explore`.
settings.register_profile("same", settings.get_profile("explore"), derandomize=True)
settings.load_profile(os.environ.get("JIEJIAN_EXAMPLES", "same"))
