"""The keys of a Discord account in config.toml."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, model_validator

from adapters.checks import GatewayUrl, ServerUrl


def _check_token(token: SecretStr) -> SecretStr:
    """A bot's token has three parts; a client secret or a public key, which lie beside it, have one."""
    if token.get_secret_value().count(".") != 2:
        raise ValueError("is no bot token: copy it from the developer portal, page Bot, Reset Token")
    return token


class DiscordSettings(BaseModel):
    """One bot.

    token: from the developer portal, page Bot. message_content: the privileged intent is switched on there, so that
    everything can be read and not only what answers or mentions the bot. collect: what counts as an answer. `replies`:
    replies to the question, and replies to those. `threads`: also what is written in a question's thread. `channel`:
    also whatever is written in the channel after the question. open_thread: open a thread under each question.
    api, gateway: where Discord is reached; a proxy of your own may stand there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    token: Annotated[SecretStr, AfterValidator(_check_token)]
    message_content: bool = False
    collect: Literal["replies", "threads", "channel"] = "replies"
    open_thread: bool = False
    api: ServerUrl = "https://discord.com/api/v10"
    gateway: GatewayUrl = "wss://gateway.discord.gg"

    @model_validator(mode="after")
    def _needs_content(self) -> Self:
        if self.collect != "replies" and not self.message_content:
            raise ValueError(
                f"collect = {self.collect!r} needs message_content = true: without that privileged intent (developer "
                "portal, page Bot, Message Content Intent) Discord withholds what neither answers nor mentions the bot"
            )
        return self
