"""What wordings are found again by in other questions of their workspace."""
