"""One module a benchmark: `measure()` gives its lines. A new file here is a new benchmark."""
