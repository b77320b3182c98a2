"""Communities in which editors work: what the config says of them, with the ids of their accounts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.config import Config
from bot.config.sections import GuildKeys
from storage.states import CONFIG_WORKSPACE


class Right(StrEnum):
    """Who edits may also ask."""

    ASK = "ask"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Guild:
    """One community. account_id: of the account that serves it. accounts: those through which it may ask, by name."""

    id: str
    keys: GuildKeys
    account_id: int
    accounts: Mapping[str, int]

    @property
    def workspace(self) -> str:
        """That of the questions asked here."""
        return f"guild:{self.id}"

    @property
    def workspaces(self) -> tuple[str, ...]:
        """All whose questions are seen here, the own one first."""
        return (self.workspace, CONFIG_WORKSPACE) if self.keys.sees_config else (self.workspace,)


def list_guilds(config: Config, account_ids: Mapping[str, int]) -> dict[str, Guild]:
    """The communities of the config by id, but for those whose account is not enabled."""
    return {
        id_: Guild(
            id_,
            keys,
            account_ids[keys.account],
            {name: account_ids[name] for name in keys.accounts if name in account_ids},
        )
        for id_, keys in config.guilds.items()
        if keys.account in account_ids
    }


def find_right(guild: Guild, roles: Collection[str], *, manages: bool) -> Right | None:
    """What somebody with these roles may do; manages: they run the community, and edit where no role is named."""
    if guild.keys.editor_role in roles if guild.keys.editor_role else manages:
        return Right.EDIT
    return Right.ASK if guild.keys.asker_role and guild.keys.asker_role in roles else None
