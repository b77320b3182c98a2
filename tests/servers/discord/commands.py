"""Application commands: what may be registered, and what a person's client makes of them."""

import re
from typing import TYPE_CHECKING, Any

from tests.servers.discord import permissions, show
from tests.servers.discord.errors import ApiError, Refused, invalid
from tests.servers.discord.world import JSON, Application, Guild, Member

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER_OPTION, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
_NAME = re.compile(r"^[-_'\w]{1,32}$")
MOST = {CHAT: 100, USER: 15, MESSAGE: 15}
CREATES_A_DAY = 200
_CHARACTERS = 8000


def check(command: JSON) -> None:
    """Raises ApiError where Discord refuses it though its OpenAPI file does not."""
    if _kind(command) == CHAT:
        _check_chat(command)
        total = _count(command)
        if total > _CHARACTERS:
            raise invalid(f"the command has {total} characters in all, more than {_CHARACTERS}", "options")
    elif command.get("description") or command.get("options"):
        raise invalid("Context menu commands cannot have description or options", "description")


def _check_chat(told: JSON) -> None:
    if not _NAME.match(told["name"]) or told["name"] != told["name"].lower():
        raise invalid(f"String value did not match validation regex: {told['name']!r}", "name")
    for name in (told.get("name_localizations") or {}).values():
        if not _NAME.match(name) or name != name.lower():
            raise invalid(f"String value did not match validation regex: {name!r}", "name_localizations")
    if not 1 <= len(told.get("description") or "") <= 100:
        raise invalid("Must be between 1 and 100 in length.", "description")
    _check_options(told.get("options") or [])


def _check_options(options: list[JSON]) -> None:
    names = [option["name"] for option in options]
    if len(names) != len(set(names)):
        raise invalid("the names of options must be unique", "options")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        raise invalid("Required options must be placed before non-required options", "options")
    for option in options:
        if option.get("autocomplete") and option.get("choices"):
            raise invalid("an option has choices or autocomplete", "options")
        for choice in option.get("choices") or []:
            if not 1 <= len(choice["name"]) <= 100 or len(str(choice["value"])) > 100:
                raise invalid("a choice has a name and a value of at most 100 characters", "choices")
        _check_chat(option)


def _count(told: JSON) -> int:
    own = len(told["name"]) + len(told.get("description") or "")
    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in told.get("choices") or [])
    return own + choices + sum(_count(option) for option in told.get("options") or [])


def register(state: "Loopback", application: Application, guild_id: str, told: JSON) -> JSON:
    """Create it, or overwrite the one of its name and type. Raises ApiError, and then nothing has changed."""
    check(told)
    commands = application.commands.setdefault(guild_id, {})
    _count_creations(application, [] if _find_same(commands, told) else [told])
    others = [known for known in commands.values() if known["type"] == _kind(told) and known["name"] != told["name"]]
    if len(others) >= MOST[_kind(told)]:
        raise ApiError(400, 30032, "Maximum number of application commands reached")
    return _put(state, application, guild_id, told)


def overwrite(state: "Loopback", application: Application, guild_id: str, told: list[JSON]) -> list[JSON]:
    """These and no others. Raises ApiError, and then nothing has changed."""
    for command in told:
        check(command)
    wanted = [(command["name"], _kind(command)) for command in told]
    if len(set(wanted)) != len(told):
        raise invalid("Application command names must be unique", "name")
    for kind, most in MOST.items():
        if sum(_kind(command) == kind for command in told) > most:
            raise ApiError(400, 30032, "Maximum number of application commands reached")
    commands = application.commands.setdefault(guild_id, {})
    _count_creations(application, [command for command in told if not _find_same(commands, command)])
    for known in list(commands.values()):
        if (known["name"], known["type"]) not in wanted:
            del commands[known["id"]]
    return [_put(state, application, guild_id, command) for command in told]


def _kind(told: JSON) -> int:
    return told.get("type") or CHAT


def _find_same(commands: dict[str, JSON], told: JSON) -> JSON | None:
    return next((one for one in commands.values() if (one["name"], one["type"]) == (told["name"], _kind(told))), None)


def _count_creations(application: Application, new: list[JSON]) -> None:
    if application.commands_made + len(new) > CREATES_A_DAY:
        raise ApiError(400, 30034, "Max number of daily application command creates has been reached (200)")
    application.commands_made += len(new)


def _put(state: "Loopback", application: Application, guild_id: str, told: JSON) -> JSON:
    commands = application.commands[guild_id]
    command = _keep(state, application, guild_id, told, _find_same(commands, told))
    commands[command["id"]] = command
    return command


def _keep(state: "Loopback", application: Application, guild_id: str, told: JSON, old: JSON | None) -> JSON:
    allowed = told.get("default_member_permissions")
    kept: JSON = {
        "id": old["id"] if old else state.ids.make(),
        "application_id": application.id,
        "version": state.ids.make(),
        "type": told.get("type") or CHAT,
        "name": told["name"],
        "name_localizations": told.get("name_localizations"),
        "description": told.get("description") or "",
        "description_localizations": told.get("description_localizations"),
        "default_member_permissions": None if allowed is None else str(allowed),
        "options": [_keep_option(option) for option in told.get("options") or []],
        "nsfw": bool(told.get("nsfw")),
        "integration_types": told.get("integration_types") or [0],
        "contexts": told.get("contexts"),
    }
    if guild_id:
        kept["guild_id"] = guild_id
    else:
        kept["dm_permission"] = told.get("dm_permission") is not False
    return kept


def _keep_option(option: JSON) -> JSON:
    kept = {key: value for key, value in option.items() if value is not None and key != "choices"}
    if "options" in kept:
        kept["options"] = [_keep_option(inner) for inner in kept["options"]]
    if option.get("choices"):
        kept["choices"] = [
            {key: value for key, value in choice.items() if value is not None} for choice in option["choices"]
        ]
    return kept


# ---------------------------------------------------------------- how a person uses them


def find(state: "Loopback", guild: Guild, name: str, kind: int) -> tuple[Application, JSON]:
    """The command of this name that a guild's members are offered. Raises Refused where there is none."""
    for application in state.world.bots_in(guild):
        for commands in (application.commands.get(guild.id, {}), application.commands[""]):
            for command in commands.values():
                if command["type"] == kind and command["name"] == name:
                    return application, command
    raise Refused(f"no command {name!r} is offered in {guild.name}")


def check_offered(state: "Loopback", guild: Guild, member: Member, command: JSON, bits: int) -> None:
    """Discord's own default permission. Raises Refused."""
    if not bits & permissions.BITS["use_application_commands"]:
        raise Refused(f"{member.user.name} may use no commands here")
    wanted = command["default_member_permissions"]
    if wanted is None or bits & permissions.BITS["administrator"] or member.user.id == guild.owner_id:
        return
    if int(wanted) == 0 or bits & int(wanted) != int(wanted):
        raise Refused(f"{member.user.name} is not offered {command['name']!r}: it needs permissions {wanted}")


def fill_in(
    state: "Loopback", guild: Guild, command: JSON, path: list[str], values: JSON, focused: str | None = None
) -> JSON:
    """The data of an interaction, as a client makes it. Raises Refused where the client would not send it."""
    level, chain = command, []
    for name in path:
        inner = next((one for one in level["options"] if one["name"] == name and one["type"] <= GROUP), None)
        if inner is None:
            raise Refused(f"{command['name']!r} has no {name!r}, but {[one['name'] for one in level['options']]}")
        chain.append(inner)
        level = inner
    declared = level.get("options", [])
    if declared and declared[0]["type"] <= GROUP:
        raise Refused(f"{level['name']!r} is not used alone, but with {[one['name'] for one in declared]}")
    resolved: JSON = {}
    options = _fill_options(state, guild, declared, values, focused, resolved)
    for inner in reversed(chain):
        options = [{"name": inner["name"], "type": inner["type"], "options": options}]
    data: JSON = {"id": command["id"], "name": command["name"], "type": command["type"], "options": options}
    if resolved:
        data["resolved"] = resolved
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def _fill_options(
    state: "Loopback", guild: Guild, declared: list[JSON], values: JSON, focused: str | None, resolved: JSON
) -> list[JSON]:
    known = {option["name"] for option in declared}
    if strange := set(values) - known:
        raise Refused(f"the command has no {sorted(strange)}, but {sorted(known)}")
    filled = []
    for option in declared:
        name = option["name"]
        if name not in values:
            if option.get("required") and focused is None:
                raise Refused(f"{name!r} must be given")
            continue
        value = values[name] if name == focused else _accept(option, values[name])
        told: JSON = {"name": name, "type": option["type"], "value": value}
        if name == focused:
            told["focused"] = True
        _resolve(state, guild, option["type"], values[name], resolved)
        filled.append(told)
    return filled


def _accept(option: JSON, value: Any) -> Any:
    kinds = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}
    if not isinstance(value, kinds.get(option["type"], str)):
        raise Refused(f"{option['name']!r} takes {kinds.get(option['type'], str)}, not {value!r}")
    choices = [choice["value"] for choice in option.get("choices", [])]
    if choices and value not in choices:
        raise Refused(f"{option['name']!r} offers {choices}, not {value!r}")
    if isinstance(value, str) and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise Refused(f"{option['name']!r} takes a text of another length than {len(value)}")
    if option["type"] in {INTEGER, NUMBER}:
        low, high = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
        if not low <= value <= high:
            raise Refused(f"{option['name']!r} takes {low} to {high}, not {value}")
    return value


def _resolve(state: "Loopback", guild: Guild, kind: int, value: Any, resolved: JSON) -> None:
    if kind in {USER_OPTION, MENTIONABLE} and value in guild.members:
        member = guild.members[value]
        resolved.setdefault("users", {})[value] = show.show_user(member.user)
        allowed = show.show_permissions(guild, member, None, state.now())
        shown = show.show_member(member, with_user=False) | {"permissions": allowed}
        resolved.setdefault("members", {})[value] = shown
    elif kind in {ROLE, MENTIONABLE} and value in guild.roles:
        resolved.setdefault("roles", {})[value] = show.show_role(guild.roles[value])
    elif kind == CHANNEL:
        shown = show.show_channel(guild.channels[value], state.world) | {"permissions": str(permissions.ALL)}
        resolved.setdefault("channels", {})[value] = shown
