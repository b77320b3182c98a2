"""What is remembered of drafts: ids and keyed hashes of passages, never a word."""
