"""`marsad topics`: learn a topic's weights from labelled stories."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from crawler.commands.common import ConfigOption, JsonOption, emit_json, out, table
from crawler.configuration.setup import set_up
from crawler.errors import UsageError

group = typer.Typer(help="Topics: what is looked for.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="topics")


@group.command("train")
def train(
    stories: Annotated[Path, typer.Argument(help="JSON lines: title, text, lang, about_project, projects.")],
    topic: Annotated[Optional[str], typer.Option(help="The topic (default: that of marsad.toml).")] = None,  # noqa: UP045
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Learn a topic's weights from labelled stories and write them beside its file, as text.

    Prints precision, recall and F1 of cross-validation, stories of one project always in the same fold.
    """
    from crawler.topics.train import retrain  # numpy takes a moment to load

    setup = set_up(config)
    if not stories.is_file():
        raise UsageError(f"{stories}: no such file")
    path = setup.folder.file(f"topics/{topic or setup.settings.topic}.yml")
    figures = retrain(path, stories)
    rows = [(name, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}") for name, f in figures.items()]
    if as_json:
        emit_json({name: {"precision": f.precision, "recall": f.recall, "f1": f.f1} for name, f in figures.items()})
    else:
        out().print(table(("language", "precision", "recall", "F1"), rows))
        out().print(f"The weights are in {path.with_suffix('.weights.yml')}.", soft_wrap=True)
