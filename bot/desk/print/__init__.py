"""Digests on demand, and where quotes were printed."""
