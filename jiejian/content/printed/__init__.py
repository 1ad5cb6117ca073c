"""Lessons as plain HTML: what looks the same on the page, on paper and in a book."""
