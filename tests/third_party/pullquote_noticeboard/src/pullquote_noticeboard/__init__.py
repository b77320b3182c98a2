"""pullquote on a notice board: a folder in which each note is a file."""

from pullquote_noticeboard.adapter import platform

__all__ = ["platform"]
