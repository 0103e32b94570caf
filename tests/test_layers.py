"""The house keeps its shape: arrows go one way, files stay small, nothing dangerous is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
FILES = sorted([*TOP.glob("crawler/**/*.py"), *TOP.glob("storage/**/*.py")])

# Who may import whom; a package that stands here may import itself, and of ours nothing else.
ALLOWED = {
    "crawler.text": set(),
    "crawler.reading": {"crawler.text", "crawler.configuration", "crawler.errors", "crawler.outcomes", "crawler.urls"},
    "crawler.topics": {"crawler.text", "crawler.configuration", "crawler.errors"},
    "crawler.claims": {"crawler.text", "crawler.configuration", "crawler.errors", "crawler.reading.document"},
    "crawler.linking": {"crawler.text", "crawler.configuration", "crawler.errors", "crawler.claims.claim"},
    "crawler.configuration": {"crawler.errors"},
    "storage": set(),
}
PURE = ("crawler.text", "crawler.reading", "crawler.topics", "crawler.claims", "crawler.linking")


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def package_of(module: str) -> str | None:
    return next((package for package in ALLOWED if module == package or module.startswith(package + ".")), None)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_arrows_go_one_way(path: Path) -> None:
    package = package_of(module_of(path))
    if package is None:
        return
    for line, name in imports_of(path):
        if not name.startswith(("crawler", "storage")) or name == package or name.startswith(package + "."):
            continue
        allowed = any(name == other or name.startswith(other + ".") for other in ALLOWED[package])
        assert allowed, f"{path.relative_to(TOP)}:{line} imports {name}"


@pytest.mark.parametrize("path", [p for p in FILES if module_of(p).startswith(PURE)], ids=module_of)
def test_the_pure_packages_know_neither_scrapy_nor_sql(path: Path) -> None:
    for line, name in imports_of(path):
        assert name.split(".")[0] not in {"scrapy", "twisted", "sqlalchemy", "sqlite3", "alembic"}, (
            f"{path.relative_to(TOP)}:{line} imports {name}")


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_no_file_eats_the_project(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_nothing_runs_data_as_code(path: Path) -> None:
    for line, name in imports_of(path):
        assert name not in {"pickle", "marshal", "shelve"}, f"{path.relative_to(TOP)}:{line} imports {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"eval", "exec", "yaml.load", "yaml.unsafe_load", "os.system"}, (
                f"{path.relative_to(TOP)}:{node.lineno} calls {called}")
