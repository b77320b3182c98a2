"""Statements that both databases understand."""
