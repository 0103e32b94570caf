"""Load YAML and TOML and check them against a pydantic model; errors name file, line, key and the way out."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from crawler.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# libyaml's own parser, as safe, ten times as fast: the lexicons have thousands of lines.
_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]


class Lines:
    """The line (from 1) on which each key or list item of a file stands: of TOML as found, of YAML asked of its tree,
    since a file without mistakes is asked for none."""

    def __init__(self, known: dict[Location, int] | None = None, tree: yaml.Node | None = None) -> None:
        self._known = known or {}
        self._tree = tree

    def of(self, where: Iterable[str | int]) -> int | None:
        """The line of `where`, or of the nearest thing around it."""
        path = tuple(where)
        if self._tree is not None:
            return _line(self._tree, path)
        while path:
            if path in self._known:
                return self._known[path]
            path = path[:-1]
        return self._known.get(())


def _line(node: yaml.Node, where: Location) -> int:
    line = node.start_mark.line + 1
    for part in where:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            key = node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if str(pair[0].value) == part), None)
            if found is None:
                break
            key, node = found
        else:
            break
        line = key.start_mark.line + 1
    return line


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(path, f"not UTF-8 at byte {error.start}", hint="save the file as UTF-8") from None
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from None


def load_yaml(path: Path) -> tuple[Any, Lines]:
    """The content of a YAML file (safe loader) and the lines of its keys."""
    loader = _SafeLoader(_read(path))
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError(path, f"not valid YAML: {error.problem}", line=mark.line + 1 if mark else None,
                          hint="check indentation, quotes and colons") from None
    except yaml.YAMLError as error:
        raise ConfigError(path, f"not valid YAML: {error}") from None
    finally:
        loader.dispose()
    _check_keys(node, path)
    return data, Lines(tree=node)


def _check_keys(node: yaml.Node | None, path: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                raise ConfigError(path, "stands twice", line=key.start_mark.line + 1, key=str(key.value),
                                  hint="keep one of the two")
            seen.add(str(key.value))
            _check_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            if not isinstance(value, yaml.ScalarNode):
                _check_keys(value, path)


def load_toml(path: Path) -> tuple[dict[str, Any], Lines]:
    """The content of a TOML file and the lines of its keys (found by their names)."""
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, f"not valid TOML: {error}") from None
    known: dict[Location, int] = {}
    section: Location = ()
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            section = tuple(part.strip().strip('"') for part in stripped.strip("[] ").split("."))
            known.setdefault(section, number)
        elif "=" in stripped and not stripped.startswith("#"):
            known.setdefault((*section, stripped.split("=", 1)[0].strip().strip('"')), number)
    return data, Lines(known)


def check(model: type[Model], data: Any, path: Path, lines: Lines, prefix: Location = ()) -> Model:
    """`data` as a `model`; the first thing that is wrong becomes a ConfigError with its line and a suggestion."""
    if not isinstance(data, dict):
        raise ConfigError(path, f"expected keys and values, found {_called(data)}", line=lines.of(prefix))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A misspelt key is reported twice, as unknown and as missing: the first way of saying it helps more.
        first = min(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
        where: Location = (*prefix, *first["loc"])
        key = ".".join(str(part) for part in where if not isinstance(part, int)) or None
        problem, hint = first["msg"], None
        if first["type"] == "extra_forbidden":
            problem = "unknown key"
            close = difflib.get_close_matches(str(first["loc"][-1]), _field_names(model, first["loc"][:-1]), n=1)
            hint = f"did you mean {close[0]!r}?" if close else "see docs/configuration.md"
        elif first["type"] == "missing":
            problem, hint = "is missing", "see docs/configuration.md"
        raise ConfigError(path, problem, line=lines.of(where), key=key, hint=hint) from None


def _called(data: Any) -> str:
    names = {list: "a list", str: "a text", type(None): "nothing"}
    return names.get(type(data), f"a {type(data).__name__}")


def _field_names(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    for part in loc:
        field = model.model_fields.get(str(part))
        annotation = field.annotation if field else None
        for inner in (annotation, *get_args(annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                model = inner
    return [field.alias or name for name, field in model.model_fields.items()]
