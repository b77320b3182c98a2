"""Digests, what was printed, and what else is sent: each once."""
