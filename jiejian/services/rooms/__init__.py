"""Live workshops: a room is an append-only stream, and everything shown is computed from it."""
