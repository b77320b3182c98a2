"""What several commands in Discord share."""
