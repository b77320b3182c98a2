"""One file a screen; `bot/web/__init__.py` says how one is made."""
