"""Finding and counting without reading everything: indexes of words, and what is counted as it changes."""

WORDS, GRAMS = "reply_words", "reply_grams"
INDEXES = (WORDS, GRAMS)
"""What the names of the tables begin with that hold indexes of words: they are no tables of `storage.models`."""
