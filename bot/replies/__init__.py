"""Replies are gathered, read again, judged, closed and purged."""
