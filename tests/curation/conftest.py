"""A database with a few projects, filled once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import open_database
from tests.curation.room import Answers, fill, understood


@pytest.fixture(scope="session")
def answers() -> Answers:
    return understood()


@pytest.fixture(scope="session")
def filled(answers: Answers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("curation") / "filled.db"
    engine = open_database(f"sqlite:///{path}")
    fill(engine, answers)
    engine.dispose()
    return path


@pytest.fixture
def stock(filled: Path, tmp_path: Path) -> Engine:
    shutil.copyfile(filled, tmp_path / "stock.db")
    return open_database(f"sqlite:///{tmp_path / 'stock.db'}")
