"""Replies, counts and profiles, read where notifications and counts say that something is new."""
