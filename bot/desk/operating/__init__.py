"""How things stand, what they cost, and collecting now."""

SHOWN = 20
"""Questions, events and posts that are not out: the newest, where nobody asks for more."""
