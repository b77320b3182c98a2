"""The language of a reply."""


def find_language(_text: str) -> str:
    """ISO 639-1, as `de`; "" where it cannot be told."""
    return ""
