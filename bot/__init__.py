"""pullquote: asks, collects, filters, compiles."""
