"""One writer a format: a page in, bytes out."""
