"""Copies of the database: made while pullquote runs, and put in its place."""
