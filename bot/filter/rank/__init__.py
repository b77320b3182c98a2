"""The rank by estimate: how probably a reader of the question would call a reply a good answer, term by term."""
