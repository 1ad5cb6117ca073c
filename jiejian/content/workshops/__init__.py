"""Workshop scripts: what an educator plays with a room, as data."""
