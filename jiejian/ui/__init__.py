"""What a screen is made of: words, state, charts and views."""
