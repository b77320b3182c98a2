"""Messages, polls, requests and files, sent over HTTP."""
