"""What an adapter may ask of pullquote."""
