"""What answers to one question are compared by, kept beside their words, and who is compared with whom."""
