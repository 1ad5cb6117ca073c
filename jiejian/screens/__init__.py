"""The pages: one thin script each, run by the navigation."""
