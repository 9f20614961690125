"""Every field of the models that are told from outside or stored, found by walking the types."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

LIMITED = (str, int, bool, date, datetime, float)


@dataclass(frozen=True)
class Leaf:
    """A simple value inside a field: where it is, its type, and what reads it."""

    place: str
    kind: type
    adapter: TypeAdapter[Any]

    def takes(self, value: object) -> bool:
        """Whether it reads this value."""
        try:
            self.adapter.validate_python(value)
        except ValueError:
            return False
        return True


def models_in(root: Any, found: set[type[BaseModel]] | None = None) -> set[type[BaseModel]]:
    """Every model inside a type."""
    found = set() if found is None else found
    if isinstance(root, type) and issubclass(root, BaseModel):
        if root not in found:
            found.add(root)
            for field in root.model_fields.values():
                models_in(field.annotation, found)
        return found
    for inside in get_args(root):
        if not isinstance(inside, str):
            models_in(inside, found)
    return found


def leaves_of(model: type[BaseModel]) -> Iterator[Leaf]:
    """Every text, number, day, instant and truth value of a model itself."""
    for name, field in model.model_fields.items():
        annotation = field.annotation
        whole: Any = Annotated[(annotation, *field.metadata)] if field.metadata else annotation
        yield from _leaves(f"{model.__name__}.{name}", whole)


def _leaves(place: str, found: Any, metadata: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    origin, arguments = get_origin(found), get_args(found)
    if origin is Annotated:
        yield from _leaves(place, arguments[0], (*arguments[1:], *metadata))
    elif origin in (Union, UnionType):
        for each in arguments:
            yield from _leaves(place, each, metadata)
    elif origin in (tuple, dict):
        for each in arguments:
            if each is not Ellipsis:
                yield from _leaves(place, each)
    elif found in LIMITED:
        limited: Any = Annotated[(found, *metadata)] if metadata else found
        yield Leaf(place, found, TypeAdapter(limited))
