"""Rooms as they are seen: by a participant, on the projector, by the educator."""
