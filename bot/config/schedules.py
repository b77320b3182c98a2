"""Where and when the questions of a config are asked: what is missing, and what means something else than it seems."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from bot.config.file import ConfigFile, KeyPath, suggest
from bot.questions.content import check_cron, split_account
from bot.questions.schedules import find_cron_trap, find_zone_trap


def check_accounts(file: ConfigFile, key: KeyPath, values: Mapping[str, Any]) -> None:
    """Report accounts that there are not, and a question that is never asked."""
    known, entries = file.read_table(("accounts",)), values.get("accounts", ())
    for entry in entries if isinstance(entries, list) else ():
        name, _ = split_account(str(entry))
        if name not in known:
            file.report((*key, "accounts"), f"there is no account {name!r}", suggest(name, known))
    has_time = "at" in values or "cron" in values
    if not entries and has_time:
        file.report(key, "it has a time and no account", f"write accounts = [{', '.join(map(repr, known))}]")
    elif not has_time:
        lacks = "no time: it is never asked" if entries else "no account and no time: it is asked nowhere"
        file.warnings.append(file.locate(key, f"it has {lacks}", 'write accounts, and at = "2026-12-01T09:00" or cron'))


def warn_of_traps(file: ConfigFile) -> None:
    """Warn of zones and schedules that are taken and mean something else than most people think."""
    for key, find_trap in _list_schedules(file):
        value = file.read_table(key[:-1]).get(key[-1])
        if isinstance(value, str) and (trap := find_trap(value)):
            message, _, remedy = trap.partition("; ")
            file.warnings.append(file.locate(key, message, remedy))


def _list_schedules(file: ConfigFile) -> Iterator[tuple[KeyPath, Callable[[str], str]]]:
    yield ("pullquote", "zone"), find_zone_trap
    yield ("digest", "weekly"), _find_cron_trap
    for slug in file.read_table(("questions",)):
        yield ("questions", slug, "zone"), find_zone_trap
        yield ("questions", slug, "cron"), _find_cron_trap


def _find_cron_trap(expression: str) -> str:
    """The trap of a cron that can be read; one that cannot is a problem, and told as that."""
    with suppress(ValueError):
        check_cron(expression)
        return find_cron_trap(expression)
    return ""
