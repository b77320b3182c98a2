"""The hash that binds a verdict to the rules it came from."""

import hashlib
from importlib.resources import files


def hash_rules() -> str:
    """Return 12 hexadecimal digits over `judge.py` and all of `rules/`: no one can forget to count a version up."""
    folder = files("bot.filter")
    rules = [each for each in folder.joinpath("rules").iterdir() if each.is_file()]
    digest = hashlib.sha256()
    for source in (folder.joinpath("judge.py"), *sorted(rules, key=lambda each: each.name)):
        digest.update(source.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:12]
