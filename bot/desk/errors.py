"""What the desk refuses."""


class DeskError(Exception):
    """A wish that cannot be done; the text says why and what to do instead."""
