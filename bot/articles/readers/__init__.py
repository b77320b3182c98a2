"""One reader a kind of file: words in, paragraphs out."""
