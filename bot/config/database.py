"""The database that the config names."""

from bot.config.sections import Config
from bot.log import Redactor
from storage.engine import Store, resolve_url


def open_store(config: Config) -> Store:
    """What a server says is stored as a reason and shown: without the secrets that it may repeat."""
    url = resolve_url(config.database.url, config.folder)
    return Store(url, Redactor(config.secrets).redact, config.barred_key)
