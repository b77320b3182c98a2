"""Showing somebody their words before they are printed: the letter, how its answer is joined to it, what it says."""
