"""Use cases: who may do what, what is valid, what is recorded."""
