"""Whether a folder of weights can be used: asked before the first reply comes."""

from pathlib import Path

from bot.filter.judging import judge
from bot.filter.values import Candidate, JudgedQuestion


def find_bad_weights(folder: Path) -> str:
    """What is wrong with the weights in a folder, "" for nothing: one reply is judged by them, so that all are read."""
    if not folder.is_dir():
        return f"there is no folder {folder}"
    try:
        judge(JudgedQuestion("Why?", decoys=("Because it was slow.",)), [Candidate("1", ("We gave it up.",))], folder)
    except OSError as error:
        return f"{error.filename or folder} cannot be read: {error.strerror}"
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        return str(error) if isinstance(error, ValueError) else f"{folder} holds no weights: {type(error).__name__}"
    return ""
