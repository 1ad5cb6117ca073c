"""The facts a request is judged on, each with its source, grouped by what they are about."""
