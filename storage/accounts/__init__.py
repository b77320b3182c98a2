"""Accounts, what they spend, the communities they are in, and what is told."""
