"""Posts, replies, counts and authors, read for as little money as can be."""
