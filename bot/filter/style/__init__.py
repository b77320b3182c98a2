"""How a reply is written, and what a chat model answers: hints and signed terms of the rank, never a verdict."""
