"""What is asked, when it is due, and what a network will show of it. Pure."""
