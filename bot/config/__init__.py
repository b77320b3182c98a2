"""Typed settings from config.toml, from the environment (`PULLQUOTE_…`, which wins) and from secret files."""

from bot.config.file import ConfigError, Problem
from bot.config.load import load_config
from bot.config.sections import AccountConfig, Config

__all__ = ["AccountConfig", "Config", "ConfigError", "Problem", "load_config"]
