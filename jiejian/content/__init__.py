"""Lessons and quizzes: read from files, checked, and given as frozen values."""
