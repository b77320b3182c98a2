"""Fits the weights of the filter and measures them on labelled replies; no part of a running bot."""
