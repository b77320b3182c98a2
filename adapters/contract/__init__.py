"""What a platform and pullquote say to each other; `adapters.base` hands all of it on."""
