"""What is erased: people, communities, and names in texts of others."""
