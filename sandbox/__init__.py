"""The lender's world in pure Python: no file, clock, network, language or screen."""
