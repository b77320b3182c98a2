"""How things stand, what they cost, and collecting now."""
