"""The hash that binds a verdict to the rules it came from."""

import hashlib
from pathlib import Path

FOLDERS = ("compare", "rank", "rules", "style")


def hash_rules() -> str:
    """Return 12 hexadecimal digits over `judge.py`, the folders beside it, and how wishes about being quoted are heard.

    No one can forget to count a version up.
    """
    filter_folder = Path(__file__).parent
    heard = filter_folder.parent / "quotes" / "refusals"
    rules = [
        each
        for folder in (*(filter_folder / name for name in FOLDERS), heard)
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.suffix != ".pyc"
    ]
    digest = hashlib.sha256()
    for source in (filter_folder / "judge.py", *rules):
        digest.update(source.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:12]
