"""Communities in which editors work: what the config says of them, with the ids of their accounts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.config import Config
from storage.models import CONFIG_WORKSPACE


class Right(StrEnum):
    """Who edits may also ask."""

    ASK = "ask"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Guild:
    """One community. account: serves it; accounts: through which it may ask, each with its id.

    editors_channel: where editors are reminded. log_channel: where it is shown what pullquote and they did.
    consent_requests_a_day: how many authors are asked for consent a day.
    """

    id: str
    account: str
    account_id: int
    accounts: Mapping[str, int]
    editor_role: str = ""
    asker_role: str = ""
    editors_channel: str = ""
    log_channel: str = ""
    digest_channel: str = ""
    consent_requests_a_day: int = 10
    language: str = "en"
    sees_config: bool = False

    @property
    def workspace(self) -> str:
        """That of the questions asked here."""
        return f"guild:{self.id}"

    @property
    def workspaces(self) -> tuple[str, ...]:
        """All whose questions are seen here, the own one first."""
        return (self.workspace, CONFIG_WORKSPACE) if self.sees_config else (self.workspace,)


def list_guilds(config: Config, account_ids: Mapping[str, int]) -> dict[str, Guild]:
    """The communities of the config by id, but for those whose account is not enabled."""
    return {
        id_: Guild(
            id=id_,
            account=keys.account,
            account_id=account_ids[keys.account],
            accounts={name: account_ids[name] for name in keys.accounts if name in account_ids},
            editor_role=keys.editor_role,
            asker_role=keys.asker_role,
            editors_channel=keys.editors_channel,
            log_channel=keys.log_channel,
            digest_channel=keys.digest_channel,
            consent_requests_a_day=keys.leave_a_day,
            language=keys.language,
            sees_config=bool(keys.sees_config),
        )
        for id_, keys in config.guilds.items()
        if keys.account in account_ids
    }


def find_right(guild: Guild, roles: Collection[str], *, manages: bool) -> Right | None:
    """What somebody with these roles may do; manages: they run the community, and edit where no role is named."""
    if guild.editor_role in roles if guild.editor_role else manages:
        return Right.EDIT
    return Right.ASK if guild.asker_role and guild.asker_role in roles else None
