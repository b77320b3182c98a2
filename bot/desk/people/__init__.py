"""What people decided about their words, and what becomes of it."""
