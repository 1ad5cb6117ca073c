"""What holds for every test."""

from hypothesis import settings

# How long one example takes says more about the machine than about the code; speed is measured
# in bench/. What a counterexample needs to be run again is printed with it.
settings.register_profile("jiejian", deadline=None, print_blob=True)
settings.load_profile("jiejian")
