"""A platform that needs a password, and does nothing but log in."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import Unauthorized
from adapters.contract.platform import Platform
from adapters.contract.reading import Identity


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    handle: str = Field(description="as others see you")
    page: int
    password: SecretStr = Field(description="not the one of your mail")
    nickname: str | None = None
    colour: str = "blue"


class Diary:
    def __init__(self, settings, host):
        self.settings = settings

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass

    async def identify(self):
        if self.settings.password.get_secret_value() != "canary-right":
            raise Unauthorized("the password is wrong")
        return Identity("1", self.settings.handle)


platform = Platform(
    name="diary",
    title="Diary",
    settings=Settings,
    capabilities=Capabilities(limits=()),
    connect=Diary,
    recognises=lambda link: False,
)
