"""Platforms by name, found through entry points and imported only when asked for."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from adapters.contract.platform import Platform

GROUP = "pullquote.adapters"


class UnknownPlatform(LookupError):
    """No installed package offers this platform, or what it offers is no `Platform`."""


@cache
def _offered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def installed() -> list[str]:
    """Names of all installed platforms; none is imported."""
    return sorted(_offered())


@cache
def load_platform(name: str) -> Platform:
    """Import the platform `name`. Raises UnknownPlatform with what is installed."""
    try:
        point = _offered()[name]
    except KeyError:
        raise UnknownPlatform(f"no platform {name!r} is installed; there are: {', '.join(installed())}") from None
    platform = point.load()
    if not isinstance(platform, Platform):
        raise UnknownPlatform(f"the entry point {point.value!r} of {name!r} is no adapters.base.Platform")
    return platform


def recognise(link: str) -> Platform | None:
    """The platform that a link belongs to, or None."""
    return next((platform for name in installed() if (platform := load_platform(name)).recognises(link)), None)
