"""The hash that binds a verdict to the rules it came from."""

import hashlib
from importlib.resources import files

# Every file whose change can change a verdict.
SOURCES = (
    "code.py",
    "copies.py",
    "emptiness.py",
    "introductions.py",
    "judge.py",
    "machine.py",
    "promotion.py",
    "statements.py",
    "substance.py",
    "talk.py",
    "text.py",
    "vocabulary.py",
    "weights.py",
)


def hash_rules() -> str:
    """Return 12 hexadecimal digits over the sources of the rules: no one can forget to count a version up."""
    folder = files("bot.filter")
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update(folder.joinpath(name).read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:12]
