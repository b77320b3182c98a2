"""Fits the weights that ship, from labelled texts: the same bytes every time."""
