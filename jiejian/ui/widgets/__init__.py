"""What can be played inside a lesson: one module for each kind, each widget a fragment."""
