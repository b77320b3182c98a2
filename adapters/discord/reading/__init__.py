"""Messages, votes and their changes, read over HTTP."""
