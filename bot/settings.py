"""The settings: read once from the environment and `.env`, checked, passed down as values."""

from __future__ import annotations

import hashlib
import re
from io import StringIO
from pathlib import Path
from typing import Annotated, Literal

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from knowledge.errors import SettingsError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Settings(BaseSettings):
    """Every setting of the program; `.env.example` says the same in words for an operator."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_ignore_empty=True, env_file_encoding="utf-8"
    )

    htx_home: Path = Field(Path("var"), description="folder of the library", examples=["./var"])
    library: str = Field(
        "", description="name that prefixes collections and schema", examples=["htx-ca-mau"]
    )
    documents_dir: Path | None = Field(
        None, description="folder that a reload watches", examples=["./documents"]
    )
    telegram_bot_token: SecretStr | None = Field(
        None, description="token from @BotFather", examples=["123456:ABC-DEF"]
    )
    telegram_api_base_url: str = Field(
        "https://api.telegram.org", description="Bot API server", examples=["http://localhost:8081"]
    )
    telegram_api_file_url: str = Field(
        "https://api.telegram.org/file",
        description="Bot API server for files",
        examples=["http://localhost:8081/file"],
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Telegram ids of admins, by comma", examples=["1234,5678"]
    )
    officer_ids: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Telegram ids of officers, by comma", examples=["1234,5678"]
    )
    bot_access: Literal["open", "closed"] = Field(
        "open",
        description="open (everybody may ask) or closed (whom admins let in)",
        examples=["closed"],
    )
    embedding_model: str = Field(
        "bundled", description="bundled, or a sentence-transformers model", examples=["bundled"]
    )
    reranker_model: str = Field(
        "",
        description="sentence-transformers CrossEncoder",
        examples=["BAAI/bge-reranker-v2-m3"],
    )
    llm_model: str = Field(
        "", description="LangChain init_chat_model name", examples=["ollama:qwen3:8b"]
    )
    llm_base_url: str = Field(
        "", description="address of the model server", examples=["http://localhost:11434"]
    )
    llm_api_key: SecretStr | None = Field(None, description="its key", examples=["sk-..."])
    llm_timeout: int = Field(
        60, ge=1, le=600, description="seconds that the model is waited for", examples=["60"]
    )
    chroma_url: str = Field(
        "", description="Chroma server; embedded when empty", examples=["http://localhost:8000"]
    )
    database_url: SecretStr | None = Field(
        None,
        description="SQLAlchemy URL; SQLite under HTX_HOME when empty",
        examples=["postgresql://user:password@localhost/htx"],
    )
    webhook_url: str = Field(
        "", description="public address for webhooks", examples=["https://bot.example.vn/hook"]
    )
    webhook_secret: SecretStr | None = Field(
        None, description="secret of the webhook", examples=["a-long-random-word"]
    )
    webhook_host: str = Field(
        "127.0.0.1",
        description="address to listen on for webhooks",
        examples=["0.0.0.0"],  # noqa: S104
    )
    nightly_at: str = Field(
        "02:30",
        pattern=r"^(?:(?:[01]\d|2[0-3]):[0-5]\d|never)?$",
        description="time of the nightly update in Vietnam, HH:MM, or never",
        examples=["02:30"],
    )
    metrics_port: int = Field(
        0, ge=0, le=65535, description="port of the metrics; 0 for none", examples=["9100"]
    )
    log_level: str = Field("INFO", description="|".join(LEVELS), examples=["INFO"])

    @field_validator("admin_ids", "officer_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(int(part) for part in re.split(r"[,;\s]+", value.strip()) if part)
        return value

    @field_validator(
        "chroma_url",
        "webhook_url",
        "telegram_api_base_url",
        "telegram_api_file_url",
        "llm_base_url",
    )
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError("not a URL")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.match(r"(?:sqlite|postgresql)(?:\+\w+)?://", value.get_secret_value()):
            raise ValueError("not a database URL")
        return value

    @field_validator("library")
    @classmethod
    def _library(cls, value: str) -> str:
        if value and not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", value):
            raise ValueError("not a name")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError("not a level")
        return value.upper()

    @property
    def home(self) -> Path:
        """The folder of the library, resolved."""
        return self.htx_home.expanduser().resolve()

    @property
    def library_name(self) -> str:
        """The name of the library; two homes have two names unless they set one."""
        if self.library:
            return self.library
        return f"htx-{hashlib.sha256(str(self.home).encode()).hexdigest()[:10]}"

    @property
    def documents(self) -> Path:
        """The folder that a reload watches."""
        return (self.documents_dir or self.home / "documents").expanduser().resolve()

    @property
    def nightly(self) -> str:
        """When the folder is synchronised every night, "02:30" in Vietnam; "" for never."""
        return "" if self.nightly_at == "never" else self.nightly_at

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in a log."""
        kept = (self.telegram_bot_token, self.webhook_secret, self.llm_api_key)
        found = [one.get_secret_value() for one in kept if one is not None]
        return (*found, *re.findall(r"://[^:/@]*:([^@]+)@", self.database))

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the catalogue."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home / 'catalogue.db'}"


def _check_lines(env_file: Path) -> None:
    """Refuse what pydantic-settings passes over: a line that is none, an unknown key left empty."""
    if not env_file.is_file():
        return
    example = "e.g. HTX_HOME=./var"
    try:
        bindings = list(parse_stream(StringIO(env_file.read_text(encoding="utf-8-sig"))))
    except UnicodeDecodeError:
        raise SettingsError(f"{env_file.name}: expected text in UTF-8, {example}") from None
    for binding in bindings:
        if binding.error or (binding.key and binding.value is None):
            line = binding.original.line
            raise SettingsError(f"{env_file.name}, line {line}: expected NAME=value, {example}")
        if binding.key and binding.key.lower() not in Settings.model_fields:
            raise SettingsError(
                f"{env_file.name}: unknown setting {binding.key.upper()!r}; expected one of "
                f"those in .env.example, {example}"
            )


def load_settings(env_file: Path = Path(".env")) -> Settings:
    """Return the settings; the environment wins over the file.

    Raises:
        SettingsError: one line that says which setting is wrong, what was expected, an example.
    """
    _check_lines(env_file)
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        name = str(fault["loc"][0])
        field = Settings.model_fields.get(name)
        if field is None:
            raise SettingsError(
                f"{env_file.name}: unknown setting {name.upper()!r}; expected one of those in "
                ".env.example, e.g. HTX_HOME=./var"
            ) from None
        example = (field.examples or [""])[0]
        raise SettingsError(
            f"{name.upper()}: expected {field.description}, e.g. {name.upper()}={example}"
        ) from None
