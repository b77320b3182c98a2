"""What editors did, and taking it back."""
