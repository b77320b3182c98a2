"""What a table of the file is that stands there once."""

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

ENVIRONMENT = "PULLQUOTE_"


class Section(BaseSettings):
    """A table of the file. A variable of the environment (`env_prefix` and the key in capitals) wins over it."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_ignore_empty=True, enable_decoding=False)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file, and nothing else."""
        return env_settings, init_settings

    @classmethod
    def variable(cls, key: str) -> str:
        """The variable of the environment that sets `key`."""
        return f"{cls.model_config['env_prefix']}{key}".upper()
