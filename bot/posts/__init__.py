"""A post is claimed, sent once, and found where its outcome is unclear."""
