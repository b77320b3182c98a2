"""What a command, a button, a menu or a form does, and how it is carried out.

Everything goes one way: who may (ours beside Discord's own check), acknowledged at once, done at most once an
interaction, answered to nobody but whoever called. Ids of buttons and forms name the act, so they work after a restart
and on messages that are weeks old.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import discord

from adapters.contract.errors import AdapterError
from adapters.contract.sending import Reference
from adapters.discord.sending.keys import is_members
from bot.commands.parts.components import Values, make_modal
from bot.commands.parts.responses import add, answer, change
from bot.commands.parts.shown import Form, Shown
from bot.commands.parts.text import escape
from bot.context import Context
from bot.desk import DeskError, Guild, Right, find_guild, find_right, is_new, note
from bot.log import get_logger
from bot.words import words
from bot.words.cleaning import clean_line

ANSWERED_ALREADY = 40060
"""Discord's code for a second acknowledgement: another delivery of the interaction, here or in another process."""

Send: TypeAlias = Callable[[discord.Interaction, Shown, Mapping[str, Any]], Awaitable[None]]

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called. id: on Discord. by: for the records. guild: None in a direct message, or where none is set up.

    handle, name: as Discord shows them. roles: ids. manages: runs the server. is_silenced: timed out by a moderator.
    """

    id: str
    by: str
    guild: Guild | None
    right: Right | None
    handle: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    manages: bool = False
    is_silenced: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One use of an act. args: from its id. values: what was typed, chosen or filled in. server: the id of Discord's.
    message: what was pressed, None for a command.
    """

    context: Context
    account_id: int
    caller: Caller
    interaction_id: str
    language: str
    channel: str
    args: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)
    server: str = ""
    message: Reference | None = None

    @property
    def labels(self) -> Mapping[str, Any]:
        """The table `[face]` of the caller's language."""
        found: Mapping[str, Any] = words(self.language)["face"]
        return found

    @property
    def guild(self) -> Guild:
        """Where it was called; acts that need a right have one."""
        assert self.caller.guild is not None
        return self.caller.guild

    async def note(self, did: str, workspace: str = "") -> None:
        """For the log of `workspace`, this server's own by default: what the caller did."""
        where = workspace or self.guild.workspace
        await note(self.context, where, self.caller.by, did, subject=self.interaction_id)

    def text(self, name: str) -> str:
        """What was filled in under a name, without blanks around it."""
        value = self.values.get(name, "")
        return (value if isinstance(value, str) else " ".join(value)).strip()


@dataclass(frozen=True, slots=True)
class Act:
    """work: what it does; a Form it answers is opened. needs: the right, None for everybody.

    opens: it answers a form, which must be the very first answer: nothing slow may stand in its work.
    changes: it has an effect, which a second delivery of the interaction must not have.
    in_place: its answer replaces the message that the button is on, which only its owner sees.
    below: its answer comes below the message that the button is on, which all see.
    """

    work: Callable[[Call], Awaitable[Shown | Form]]
    needs: Right | None = Right.EDIT
    opens: bool = False
    changes: bool = False
    in_place: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """The desk as one account's Discord sees it. acts: by name."""

    context: Context
    account_id: int
    acts: Mapping[str, Act]

    async def perform(
        self, interaction: discord.Interaction, name: str, args: tuple[str, ...] = (), values: Values | None = None
    ) -> None:
        """Carry out an act. Whatever goes wrong is told to the caller; what nobody foresaw is logged too."""
        act, labels = self.acts.get(name), words(str(interaction.locale))["face"]
        caller = self.find_caller(interaction)
        if act is None:
            await _refuse(interaction, labels["unknown_button"])
        elif act.needs is not None and not _may(caller, act.needs):
            await _refuse(interaction, _say_refusal(labels, caller, act.needs))
        else:
            call = self._describe(interaction, caller, args, values or {})
            await (self._open if act.opens else self._do)(interaction, name, act, call)

    async def _open(self, interaction: discord.Interaction, name: str, act: Act, call: Call) -> None:
        """A form must be the first answer, so that nothing can be acknowledged before it."""
        try:
            form = await act.work(call)
            assert isinstance(form, Form)
        except Exception as error:  # noqa: BLE001
            await _refuse(interaction, _say_failure(name, call, error).text)
            return
        modal = make_modal(form)
        modal.stop()  # what is handed in comes through `on_interaction`, also after a restart
        try:
            await interaction.response.send_modal(modal)
        except discord.HTTPException as error:
            _log_lost(name, error)

    async def _do(self, interaction: discord.Interaction, name: str, act: Act, call: Call) -> None:
        in_place = (act.in_place or act.below) and interaction.message is not None
        try:
            await _acknowledge(interaction, in_place=in_place)
        except discord.HTTPException as error:
            _log_lost(name, error)
            return
        send: Send = add if act.below else change if in_place else answer
        try:
            if act.changes and not await is_new(self.context, self.account_id, call.interaction_id, f"desk {name}"):
                return
            shown = await act.work(call)
            assert isinstance(shown, Shown)
        except Exception as error:  # noqa: BLE001
            send, shown = add if in_place else answer, _say_failure(name, call, error)
        try:
            await send(interaction, shown, call.labels)
        except Exception as error:  # noqa: BLE001  # over 15 minutes, or offline: the effect stands, the log has it
            log.warning("an answer did not arrive whole", act=name, reason=f"{type(error).__name__}: {error}")

    def find_caller(self, interaction: discord.Interaction) -> Caller:
        """Who it is, and what they may on this server."""
        user, guild = interaction.user, self._find_guild(interaction)
        member = user if isinstance(user, discord.Member) else None
        roles = tuple(str(role.id) for role in member.roles) if member else ()
        manages = interaction.permissions.manage_guild
        until = member.timed_out_until if member else None
        return Caller(
            id=str(user.id),
            by=f"{clean_line(user.display_name)} (discord:{user.id})",
            guild=guild,
            right=find_right(guild, roles, manages=manages) if guild and member else None,
            handle=user.name,
            name=user.display_name,
            roles=roles,
            manages=manages,
            is_silenced=until is not None and until > self.context.now(),
        )

    def _find_guild(self, interaction: discord.Interaction) -> Guild | None:
        if interaction.guild_id is None:
            return None
        try:
            guild = find_guild(self.context, str(interaction.guild_id))
        except DeskError:
            return None
        return guild if guild.account_id == self.account_id else None

    def _describe(
        self, interaction: discord.Interaction, caller: Caller, args: tuple[str, ...], values: Values
    ) -> Call:
        message = interaction.message
        return Call(
            context=self.context,
            account_id=self.account_id,
            caller=caller,
            interaction_id=str(interaction.id),
            language=str(interaction.locale),
            channel=str(interaction.channel_id or ""),
            args=args,
            values=values,
            server=str(interaction.guild_id or ""),
            message=Reference(str(message.id), message.jump_url) if message else None,
        )


def _say_failure(name: str, call: Call, error: Exception) -> Shown:
    """What the desk or a platform refuses is told in their words; anything else is ours, and logged."""
    if isinstance(error, DeskError):
        return Shown(escape(error.tell(call.language)))
    if isinstance(error, AdapterError):
        return Shown(escape(str(error)))
    log.error("a command failed", act=name, exc_info=error)
    labels = words(call.language)["form"] if is_members(name) else call.labels
    return Shown(labels["failed"])


def _may(caller: Caller, needs: Right) -> bool:
    return caller.guild is not None and (caller.right is Right.EDIT or caller.right is needs)


def _say_refusal(labels: Mapping[str, Any], caller: Caller, needs: Right) -> str:
    if caller.guild is None:
        return str(labels["not_set_up"])
    role = caller.guild.keys.editor_role or (caller.guild.keys.asker_role if needs is Right.ASK else "")
    if not role:
        return str(labels["only_managers"])
    return str(labels["only_role"].format(role=f"<@&{role}>"))


async def _acknowledge(interaction: discord.Interaction, *, in_place: bool) -> None:
    """Within Discord's three seconds, before anything is looked up in a platform or changed."""
    if in_place:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def _refuse(interaction: discord.Interaction, text: str) -> None:
    try:
        await interaction.response.send_message(
            text, ephemeral=True, suppress_embeds=True, allowed_mentions=discord.AllowedMentions.none()
        )
    except discord.HTTPException as error:
        _log_lost("refusal", error)


def _log_lost(name: str, error: discord.HTTPException) -> None:
    """An acknowledgement that Discord did not take: nothing was done, and the caller sees that it failed."""
    if error.code != ANSWERED_ALREADY:
        log.warning("an acknowledgement came too late", act=name, reason=str(error))
