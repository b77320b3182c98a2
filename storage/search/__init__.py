"""Finding and counting without reading everything: indexes of words, and what is counted as it changes."""
