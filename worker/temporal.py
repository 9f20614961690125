"""Where Temporal is, from the settings and the SDK's own configuration."""

import os
from typing import cast

from temporalio.envconfig import ClientConfig, ClientConnectConfig

from settings.parts import Temporal
from settings.reading import Fault, SettingsWrong, variables_of

VARIABLES = "TEMPORAL_"


def connect_arguments(temporal: Temporal) -> ClientConnectConfig:
    """The arguments of Client.connect; raises SettingsWrong where the file or profile named gives none.

    Variables of the SDK that no setting of ours names go through as they are.
    """
    ambient = {name: value for name, value in os.environ.items() if name.startswith(VARIABLES) and value}
    try:
        found = ClientConfig.load_client_connect_config(
            override_env_vars={**ambient, **variables_of(temporal, Temporal)}
        )
    except RuntimeError:
        raise SettingsWrong([Fault("TEMPORAL_CONFIG_FILE", "cannot be used", _PURPOSE)]) from None
    if not found.get("target_host"):
        raise SettingsWrong([Fault("TEMPORAL_PROFILE", "names no address", _PURPOSE)])
    return cast(ClientConnectConfig, {"namespace": temporal.temporal_namespace, **found})


_PURPOSE = "the file and the profile that say where Temporal is"
