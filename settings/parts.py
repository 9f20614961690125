"""The settings, one class for each part that is configured; a process's settings are made of these."""

from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from settings.kinds import (
    File,
    Host,
    HostAndPort,
    HttpUrl,
    IpAddress,
    LogFormat,
    LogLevel,
    LookupKey,
    MailAddress,
    Port,
    PortOrNone,
    Profile,
    QueueName,
    RsaPrivateKey,
    SecretText,
    SmtpTls,
    SocketOrHost,
    SslMode,
    Text,
)
from settings.pace import SANDBOX_PACE, Pace

Loopback = IPv4Address("127.0.0.1")


class Part(BaseSettings):
    """Settings that are read once; made by settings.reading.read, or by name in code."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, hide_input_in_errors=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed over: settings.reading.read knows where it comes from."""
        return (init_settings,)


class Postgres(Part):
    """PostgreSQL, by the variables of libpq."""

    pg_host: SocketOrHost | None = Field(
        None, validation_alias="PGHOST", description="host of PostgreSQL; the local socket where not set"
    )
    pg_port: Port | None = Field(
        None, validation_alias="PGPORT", description="port of PostgreSQL; 5432 where not set"
    )
    pg_user: Text | None = Field(
        None, validation_alias="PGUSER", description="who connects; the system's user where not set"
    )
    pg_password: SecretText | None = Field(
        None, validation_alias="PGPASSWORD", description="password at PostgreSQL"
    )
    pg_database: Text | None = Field(
        None, validation_alias="PGDATABASE", description="the database; named like the user where not set"
    )
    pg_passfile: Path | None = Field(
        None, validation_alias="PGPASSFILE", description="file of passwords; ~/.pgpass where not set"
    )
    pg_sslmode: SslMode | None = Field(
        None, validation_alias="PGSSLMODE", description="whether and how PostgreSQL is spoken to in TLS"
    )
    pg_sslrootcert: File | None = Field(
        None, validation_alias="PGSSLROOTCERT", description="authorities that PostgreSQL's certificate is of"
    )
    pg_sslcert: File | None = Field(
        None, validation_alias="PGSSLCERT", description="our certificate at PostgreSQL"
    )
    pg_sslkey: File | None = Field(
        None, validation_alias="PGSSLKEY", description="the key of our certificate at PostgreSQL"
    )


class Temporal(Part):
    """Temporal, by the variables of its own command line and SDKs, which know some more."""

    temporal_config_file: File | None = Field(
        None, validation_alias="TEMPORAL_CONFIG_FILE", description="TOML file that names Temporal instead"
    )
    temporal_profile: Text | None = Field(
        None, validation_alias="TEMPORAL_PROFILE", description="profile within that file"
    )
    temporal_address: HostAndPort | None = Field(
        None,
        validate_default=True,
        validation_alias="TEMPORAL_ADDRESS",
        description="HOST:PORT of Temporal; needed unless a file or profile names it",
    )
    temporal_namespace: Text = Field(
        "default", validation_alias="TEMPORAL_NAMESPACE", description="the namespace of the claims"
    )
    temporal_api_key: SecretText | None = Field(
        None, validation_alias="TEMPORAL_API_KEY", description="our key at Temporal"
    )
    temporal_tls: bool | None = Field(
        None, validation_alias="TEMPORAL_TLS", description="whether Temporal is spoken to in TLS"
    )
    temporal_tls_client_cert_path: File | None = Field(
        None, validation_alias="TEMPORAL_TLS_CLIENT_CERT_PATH", description="our certificate at Temporal"
    )
    temporal_tls_client_key_path: File | None = Field(
        None,
        validation_alias="TEMPORAL_TLS_CLIENT_KEY_PATH",
        description="the key of our certificate at Temporal",
    )
    temporal_tls_server_ca_cert_path: File | None = Field(
        None,
        validation_alias="TEMPORAL_TLS_SERVER_CA_CERT_PATH",
        description="authorities that Temporal's certificate is of",
    )
    temporal_tls_server_name: Host | None = Field(
        None, validation_alias="TEMPORAL_TLS_SERVER_NAME", description="the name in Temporal's certificate"
    )

    @field_validator("temporal_address")
    @classmethod
    def _named_somewhere(cls, value: str | None, info: ValidationInfo) -> str | None:
        elsewhere = info.data.get("temporal_config_file") or info.data.get("temporal_profile")
        if value is None and elsewhere is None:
            raise PydanticCustomError("missing", "is not set")
        return value


class Defects(Part):
    """What the command line tells of a defect of its own."""

    traceback: bool = Field(
        False,
        validation_alias="JKP_TRACEBACK",
        description="whether `jkp` tells its own defects by a traceback, which may quote what is stored",
    )


class Bank(Part):
    """The bank that pays."""

    bank_url: HttpUrl = Field(validation_alias="JKP_BANK_URL", description="the SNAP service of the bank")
    bank_client_id: Text = Field(
        validation_alias="JKP_BANK_CLIENT_ID", description="our client id at the bank"
    )
    bank_client_secret: SecretText = Field(
        validation_alias="JKP_BANK_CLIENT_SECRET", description="our client secret at the bank"
    )
    bank_private_key: RsaPrivateKey = Field(
        validation_alias="JKP_BANK_PRIVATE_KEY", description="our RSA key at the bank, PEM"
    )


class Bpjs(Part):
    """BPJS Ketenagakerjaan."""

    bpjs_url: HttpUrl = Field(
        validation_alias="JKP_BPJS_URL", description="the service of BPJS Ketenagakerjaan"
    )
    bpjs_token: SecretText = Field(
        validation_alias="JKP_BPJS_TOKEN", description="our token at BPJS Ketenagakerjaan"
    )


class Mail(Part):
    """The mail relay and our name there."""

    smtp_host: Host = Field(validation_alias="JKP_SMTP_HOST", description="the mail relay")
    smtp_port: Port = Field(25, validation_alias="JKP_SMTP_PORT", description="the port of the mail relay")
    smtp_user: Text | None = Field(
        None, validation_alias="JKP_SMTP_USER", description="our user at the mail relay, if it wants one"
    )
    smtp_password: SecretText | None = Field(
        None,
        validate_default=True,
        validation_alias="JKP_SMTP_PASSWORD",
        description="our password at the mail relay, with a user only",
    )
    smtp_tls: SmtpTls = Field(
        SmtpTls.OPPORTUNISTIC,
        validate_default=True,
        validation_alias="JKP_SMTP_TLS",
        description="in clear, TLS where offered, only after STARTTLS, or in TLS from the first byte",
    )
    smtp_ca_file: File | None = Field(
        None,
        validation_alias="JKP_SMTP_CA_FILE",
        description="authorities that the relay's certificate is of; the system's where not set",
    )
    mail_from: MailAddress = Field(
        validation_alias="JKP_MAIL_FROM", description="the address that letters are sent from"
    )

    @field_validator("smtp_password")
    @classmethod
    def _with_a_user(cls, value: Any, info: ValidationInfo) -> Any:
        if "smtp_user" in info.data and (value is None) != (info.data["smtp_user"] is None):
            raise ValueError("should be set together with JKP_SMTP_USER")
        return value

    @field_validator("smtp_tls")
    @classmethod
    def _hides_the_password(cls, value: SmtpTls, info: ValidationInfo) -> SmtpTls:
        if info.data.get("smtp_user") and value in (SmtpTls.NONE, SmtpTls.OPPORTUNISTIC):
            raise ValueError("should be required or implicit where JKP_SMTP_USER is set")
        return value


class World(Part):
    """Which world a process belongs to, and the pace of that world."""

    profile: Profile = Field(
        Profile.PRODUCTION, validation_alias="JKP_PROFILE", description="the world that the process is of"
    )
    other_pace: Pace | None = None

    @property
    def pace(self) -> Pace:
        """The pace of the world, unless the code that made the settings chose another."""
        return self.other_pace or (SANDBOX_PACE if self.profile is Profile.SANDBOX else Pace())


class People(Part):
    """The key under which people are found."""

    lookup_key: LookupKey = Field(
        validation_alias="JKP_LOOKUP_KEY",
        description="key of the look-up of people, hexadecimal, the same for every process of a database",
    )


class Log(Part):
    """From which level on a process logs, and as text or JSON."""

    log_level: LogLevel = Field(
        LogLevel.INFO, validation_alias="JKP_LOG_LEVEL", description="from which level on is logged"
    )
    log_format: LogFormat = Field(
        LogFormat.JSON, validation_alias="JKP_LOG_FORMAT", description="how a line of the log looks"
    )


class Listening(Part):
    """Where a process listens."""

    bind_address: IpAddress = Field(
        Loopback,
        validation_alias="JKP_BIND_ADDRESS",
        description="the address that API, health and metrics listen on; 0.0.0.0 for all",
    )


class WorkersPlace(Listening):
    """Where a worker works, and is asked how it is."""

    task_queue: QueueName = Field(
        "claims", validation_alias="JKP_TASK_QUEUE", description="the task queue of the claims"
    )
    worker_port: PortOrNone = Field(
        0, validation_alias="JKP_WORKER_PORT", description="port of the worker's health and metrics; 0: none"
    )
    metrics_port: PortOrNone = Field(
        0, validation_alias="JKP_METRICS_PORT", description="port of the Temporal SDK's metrics; 0: none"
    )


class HttpApi(Listening):
    """Where the API listens."""

    api_port: PortOrNone = Field(
        8080, validation_alias="JKP_API_PORT", description="port of the API; 0: any that is free"
    )


class Surroundings(Part):
    """What `make` and `jkp run` ask of this machine."""

    data: Path = Field(
        Path(".jkp"), validation_alias="JKP_DATA", description="folder of the runs of `jkp run`"
    )
    temporal_cli: Path | None = Field(
        None, validation_alias="JKP_TEMPORAL_CLI", description="the `temporal` program to use"
    )
    cache_home: Path | None = Field(
        None, validation_alias="XDG_CACHE_HOME", description="where a built `temporal` is kept; ~/.cache"
    )
    python: Annotated[str, Field(min_length=1)] = Field(
        "python3", validation_alias="JKP_PYTHON", description="the Python that `make` makes .venv with"
    )
