"""Which answers are quoted, and with which passage."""
