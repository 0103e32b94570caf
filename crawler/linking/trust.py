"""How much a source is believed: config/trust.yml, by kind, by source and by outlet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, get_args

from pydantic import BaseModel, ConfigDict, Field

from crawler.configuration.checked import check, load_yaml
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.sources import Kind
from crawler.errors import ConfigError
from crawler.linking.letters import words

OTHER = "other"
_Weight = Annotated[float, Field(ge=0, le=100)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, _Weight]
    low: _Weight
    sources: dict[str, _Weight] = {}
    outlets: dict[str, _Weight] = {}


@dataclass(frozen=True, slots=True)
class Trust:
    """Weights by kind, source id and folded outlet; `low` is the line up to which a source is of little trust."""

    kinds: Mapping[str, float]
    low: float
    sources: Mapping[str, float]
    outlets: Mapping[str, float]

    def of(self, kind: str | None, source_id: str | None = None, outlet: str | None = None) -> float:
        """How much this source is believed: its own line, its outlet's, its kind's, that of `other`."""
        if source_id is not None and source_id in self.sources:
            return self.sources[source_id]
        if outlet and self.outlets:
            own = self.outlets.get(_folded(outlet))
            if own is not None:
                return own
        return self.kinds.get(kind or OTHER, self.kinds[OTHER])

    def is_low(self, weight: float) -> bool:
        """Whether so much is little trust."""
        return weight <= self.low


def load_trust(folder: ConfigFolder) -> Trust:
    """The trust of `folder`. Raises ConfigError with file, line and key."""
    path = folder.file("trust.yml")
    data, lines = load_yaml(path)
    if isinstance(data, dict):
        # an empty section whose entries are all comments is an empty section
        data = {name: {} if value is None and name != "low" else value for name, value in data.items()}
    file = check(_File, data, path, lines)
    kinds = (*get_args(Kind), OTHER)
    wrong = next((kind for kind in file.kinds if kind not in kinds), None)
    if wrong is not None:
        raise ConfigError(path, "no such kind of source", line=lines.of(("kinds", wrong)), key=f"kinds.{wrong}",
                          hint=f"one of {', '.join(kinds)}")
    if OTHER not in file.kinds:
        raise ConfigError(path, f"{OTHER} is missing", line=lines.of(("kinds",)), key="kinds",
                          hint="say what a source that is not in the registry counts")
    return Trust(file.kinds, file.low, file.sources, {_folded(name): value for name, value in file.outlets.items()})


def _folded(outlet: str) -> str:
    return " ".join(words(outlet))
