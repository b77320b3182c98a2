"""Where notices go, changing that, and trying whether they arrive."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr, ValidationError

from bot.config.editing import Value, edit_config
from bot.config.file import ConfigError
from bot.config.sections import Notices
from bot.context import Context
from bot.delivery import notices
from bot.desk.errors import DeskError, refuse
from bot.desk.operating.logins import HEAD, find_config_path, list_faults, read_config_again, read_state
from storage.private import write_private

ADDRESSES = ("webhook", "ntfy")
"""Keys of `[notices]` that are secrets."""


def list_notices(context: Context) -> list[str]:
    """The ways that `[notices]` sets: `webhook`, `ntfy` and mail addresses; a secret address is not shown."""
    return notices.list_places(context)


async def try_notice(context: Context, place: str) -> None:
    """Send one now that says what it is. Raises DeskError, and AdapterError where it does not go through."""
    if place not in notices.list_places(context):
        raise refuse("no_notice_way")
    await notices.try_notice(context, place)


async def set_notices(
    context: Context, addresses: Mapping[str, str], *, ends: tuple[str, ...] = (), mail: str, desktop: bool
) -> None:
    """Write where notices go, and go on with it in this process. Raises DeskError.

    addresses: by key of `ADDRESSES`, each into a file of its own that only its owner can read; those that are empty
    stay as they are, and those in `ends` are taken out. mail: addresses with a comma or a blank between them.
    """
    given = {key: SecretStr(text.strip()) for key, text in addresses.items() if text.strip() and key not in ends}
    try:
        wanted = Notices.model_validate(given | {"mail": mail, "desktop": desktop})
    except ValidationError as error:
        raise refuse("bad_keys", why=tuple(list_faults(error))) from None
    if wanted.mail and not (context.config.mail.host and context.config.mail.sender):
        raise refuse("no_mail_server")
    before = context.config.notices
    keys: dict[str, Value] = {key: None for key in ends if getattr(before, key)}
    if wanted.mail != before.mail:
        keys["mail"] = ", ".join(wanted.mail)
    if wanted.desktop != before.desktop:
        keys["desktop"] = wanted.desktop
    if not keys and not given:
        return
    try:
        await asyncio.to_thread(_write, find_config_path(context.config), keys, given)
    except ConfigError as error:
        raise DeskError(str(error)) from None
    await read_config_again(context)


def _write(path: Path, keys: dict[str, Value], secrets: Mapping[str, SecretStr]) -> None:
    state = read_state(path)
    for key, secret in secrets.items():
        file = f"{state.as_posix()}/secrets/notices-{key}"
        write_private(path.parent / file, secret.get_secret_value())
        keys[key] = {"file": file}
    edit_config(path, {("notices",): keys}, begin=HEAD)
