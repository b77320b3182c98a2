"""What a digest says, before any format."""
