"""Fits the weights that ship. Nothing here is imported when replies are judged."""
