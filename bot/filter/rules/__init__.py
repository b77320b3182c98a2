"""The rules: a verdict is bound to the hash of everything in here."""
