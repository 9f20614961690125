"""What is pure never changes once it is made."""

from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import walk_packages

from pydantic import BaseModel

import claims
import law


def test_no_value_of_the_law_changes_once_it_is_made_but_the_walk_through_what_is_replayed() -> None:
    packages = ((claims, "claims."), (law, "law."))
    named = [each.name for package, prefix in packages for each in walk_packages(package.__path__, prefix)]
    modules = [import_module(name) for name in named]
    values = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    ours = [value for value in values if value.__module__.startswith(("claims.", "law."))]
    made = [value for value in ours if is_dataclass(value)]
    models = [value for value in ours if issubclass(value, BaseModel)]

    assert len(made) > 60
    assert len(models) > 40
    changing = [value for value in made if not value.__dataclass_params__.frozen]  # type: ignore[attr-defined]
    assert [value.__name__ for value in changing] == ["_Run"]
    assert [value for value in models if not value.model_config.get("frozen")] == []
