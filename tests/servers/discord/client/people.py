"""A person on Discord: what their client lets them do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.servers.discord.client.control import Control
from tests.servers.discord.client.interactions import Interaction, Modal
from tests.servers.discord.client.messages import Message

if TYPE_CHECKING:
    from tests.servers.discord.client.guilds import Channel, Guild, Role


@dataclass(frozen=True)
class Person:
    """A user; what they may do follows from their roles in the guild. Every act raises Refused where they may not."""

    control: Control
    id: str
    name: str

    # ------------------------------------------------------------ writing

    def say(self, channel: "Channel", text: str, *, files: Sequence[tuple[str, bytes]] = ()) -> Message:
        """Write into a channel or thread. Mentions are written as `<@id>`."""
        return self._write(channel.id, text, files=[[name, content.hex()] for name, content in files])

    def reply(self, to: Message, text: str, *, ping: bool = True) -> Message:
        """Reply to a message; `ping=False`: with the @ switched off."""
        return self._write(to.channel_id, text, reply_to=to.id, ping=ping)

    def mention(self, whom: str, channel: "Channel", text: str) -> Message:
        """Write `@whom text`; `whom` is the id of a user or bot."""
        return self._write(channel.id, f"<@{whom}> {text}")

    def direct(self, whom: str, text: str) -> Message:
        """Write a direct message to a bot by its user id."""
        return Message(self.control, self.control.act("direct", person=self.id, to=whom, text=text))

    def edit(self, message: Message, text: str) -> Message:
        """Change one's own message."""
        raw = self.control.act("edit", person=self.id, channel=message.channel_id, message=message.id, text=text)
        return Message(self.control, raw)

    def delete(self, message: Message) -> None:
        """Delete one's own message, or as a moderator somebody's."""
        self.control.act("delete", person=self.id, channel=message.channel_id, message=message.id)

    # ------------------------------------------------------------ native polls

    def vote(self, message: Message, *options: int) -> None:
        """Vote for options of a native poll (from 0); replaces what was chosen before."""
        told = {"channel": message.channel_id, "message": message.id, "options": list(options)}
        self.control.act("vote", person=self.id, **told)

    def unvote(self, message: Message) -> None:
        """Take the vote back."""
        self.vote(message)

    # ------------------------------------------------------------ using a bot

    def command(self, channel: "Channel", command: str, *, overrule: bool = False, **options: Any) -> Interaction:
        """Use a slash command by its full name ("pullquote ask"). Raises Refused where Discord would not offer it.

        options: by name; a Person, Role or Channel may be given as such. overrule: the guild's settings give the
        command to this person in spite of its default permission.
        """
        told = {name: getattr(value, "id", value) for name, value in options.items()}
        where = {"channel": channel.id, "command": command, "options": told, "overrule": overrule}
        return self._interact("command", **where)

    def type(self, channel: "Channel", command: str, focused: str, text: str, **options: Any) -> Interaction:
        """Type `text` into the option `focused`, which asks the bot for choices (`Interaction.choices`)."""
        told = {name: getattr(value, "id", value) for name, value in options.items()}
        return self._interact(
            "type", channel=channel.id, command=command, focused=focused, text=text, options=told, overrule=False
        )

    def use_on(self, message: Message, command: str, *, overrule: bool = False) -> Interaction:
        """Use a message command of the context menu ("Save as quote")."""
        told = {"channel": message.channel_id, "message": message.id, "command": command, "overrule": overrule}
        return self._interact("use_on", **told)

    def press(self, message: Message, custom_id: str) -> Interaction:
        """Press a button; `custom_id` as in `message.button("Answer")`."""
        return self._interact("press", channel=message.channel_id, message=message.id, custom_id=custom_id)

    def select(self, message: Message, custom_id: str, *values: Any) -> Interaction:
        """Choose in a select menu: values of its options, or people, roles, channels."""
        told = [getattr(value, "id", value) for value in values]
        return self._interact(
            "select", channel=message.channel_id, message=message.id, custom_id=custom_id, values=told
        )

    def submit(self, modal: Modal, **values: Any) -> Interaction:
        """Send a form: values by custom id: text, a list of chosen values, or True for a checkbox. Others stay as shown.

        Custom ids that are no Python names: `submit(modal, **{"pq:x": "…"})`.
        """
        return self._interact("submit", interaction=modal.interaction_id, values=values)

    # ------------------------------------------------------------ moderating

    def delete_many(self, messages: Sequence[Message]) -> None:
        """Delete messages of one channel at once (MESSAGE_DELETE_BULK)."""
        told = {"channel": messages[0].channel_id, "ids": [message.id for message in messages]}
        self.control.act("delete_many", person=self.id, **told)

    def open_thread(self, message: Message, name: str) -> "Channel":
        """Open a thread under a message."""
        from tests.servers.discord.client.guilds import Channel

        told = self.control.act(
            "open_thread", person=self.id, channel=message.channel_id, message=message.id, name=name
        )
        return Channel(self.control, told["id"], told["guild_id"], told["name"])

    def archive(self, thread: "Channel", *, locked: bool = False) -> None:
        """Archive a thread."""
        self.control.act("archive", person=self.id, channel=thread.id, locked=locked)

    def delete_channel(self, channel: "Channel") -> None:
        """Delete a channel or a thread with everything in it."""
        self.control.act("delete_channel", person=self.id, channel=channel.id)

    def ban(self, guild: "Guild", whom: "Person", *, delete_messages: timedelta = timedelta()) -> None:
        """Ban somebody; what they wrote within `delete_messages` is deleted."""
        seconds = delete_messages.total_seconds()
        self.control.act("ban", person=self.id, guild=guild.id, whom=whom.id, delete_seconds=seconds)

    def unban(self, guild: "Guild", whom: "Person") -> None:
        self.control.act("unban", person=self.id, guild=guild.id, whom=whom.id)

    def time_out(self, guild: "Guild", whom: "Person", duration: timedelta = timedelta(hours=1)) -> None:
        """Let somebody read but not write or press for a while."""
        self.control.act("time_out", person=self.id, guild=guild.id, whom=whom.id, seconds=duration.total_seconds())

    def kick(self, guild: "Guild", whom: str) -> None:
        """Remove a member, or a bot, by user id: for the bot it is GUILD_DELETE."""
        self.control.act("kick", person=self.id, guild=guild.id, whom=whom)

    def leave(self, guild: "Guild") -> None:
        """Leave a guild."""
        self.control.act("leave", person=self.id, guild=guild.id)

    def give(self, guild: "Guild", whom: "Person", role: "Role") -> None:
        """Give a role."""
        self.control.act("give", guild=guild.id, whom=whom.id, role=role.id)

    def take(self, guild: "Guild", whom: "Person", role: "Role") -> None:
        """Take a role away."""
        self.control.act("take", guild=guild.id, whom=whom.id, role=role.id)

    # ------------------------------------------------------------ reading

    def direct_messages(self) -> list[Message]:
        """What bots wrote to them directly."""
        return [Message(self.control, raw) for raw in self.control.act("direct_messages", person=self.id)]

    # ------------------------------------------------------------ within

    def _write(self, channel_id: str, text: str, **told: Any) -> Message:
        return Message(self.control, self.control.act("say", person=self.id, channel=channel_id, text=text, **told))

    def _interact(self, act: str, **told: Any) -> Interaction:
        return Interaction(self.control, self.control.act(act, person=self.id, **told)["id"])
