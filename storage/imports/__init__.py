"""What an import has to know before it adds: the rows that are here already, and what was said about quoting them."""
