"""From the config to what the filter is told of it."""

import sys
from functools import cache

from bot.config import Config
from bot.filter.own.plug_ins import installed
from bot.filter.values import FilterSettings, OwnPhrases, Thresholds


def read_settings(config: Config) -> FilterSettings:
    """What `[filter]` sets, with the own rules that are installed. Folders are resolved."""
    said = config.filter
    return FilterSettings(
        weights=config.weights_folder,
        thresholds=Thresholds(said.keep_from or None, said.quotable_from or None),
        phrases=tuple(OwnPhrases(kind, each.weight, each.phrases) for kind, each in said.phrases.items()),
        plug_ins=_list_plug_ins(tuple(sys.path)),
    )


@cache
def _list_plug_ins(_path: tuple[str, ...]) -> tuple[str, ...]:
    """What is installed on this path. Each installed package is looked into, so once for each path."""
    return installed()
