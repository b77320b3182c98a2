"""What people said: replies, authors, verdicts, consents, tallies."""
