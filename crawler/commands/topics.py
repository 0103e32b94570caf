"""`marsad topics`: learn a topic's weights from labelled stories; try a changed topic over what is stored."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    clean,
    emit_json,
    err,
    out,
    table,
)
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.setup import set_up
from crawler.errors import UsageError
from storage.engine import open_database

if TYPE_CHECKING:
    from crawler.replaying import Change, Replay

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


@group.command("replay")
def replay(
    topic: Annotated[Optional[str], typer.Argument(  # noqa: UP045
        metavar="[TOPIC or FILE.yml]", help="Left out: the topic of marsad.toml as it stands now.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Pages shown on each side.")] = 20,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """What a changed topic would gain and lose over the stored pages. Nothing is changed; `reprocess` does that."""
    from crawler.replaying import replay as run
    from crawler.topics import load_topic

    setup = set_up(config)
    today = load_topic(setup.folder.file(f"topics/{setup.settings.topic}.yml"))
    changed = load_topic(_topic_file(setup.folder, topic)) if topic else today
    if today.definition.learnt and not changed.definition.learnt:
        err().print(f"No learnt weights lie beside {topic}: those written in it are used. Copy the other file, too, "
                    "to see the change of words alone.", soft_wrap=True)
    found = run(open_database(database, read_only=True), changed, today)
    if as_json:
        emit_json(asdict(found))
        return
    for side, changes in (("gained", found.gained), ("lost", found.lost)):
        if changes:
            out().print(_changes(side, changes[:limit]))
            if len(changes) > limit:
                out().print(f"... and {len(changes) - limit} more (--limit)")
    out().print(_sums(found))
    if found.unseen:
        out().print(f"{found.unseen} pages were stopped before they were read, because no word of the topic stood in "
                    "them; a new word may be in some. Only a new crawl can tell.", soft_wrap=True)


def _topic_file(folder: ConfigFolder, topic: str) -> Path:
    if not topic.endswith((".yml", ".yaml")):
        return folder.file(f"topics/{topic}.yml")
    if not Path(topic).is_file():
        raise UsageError(f"{topic}: no such file")
    return Path(topic)


def _changes(side: str, changes: list[Change]) -> object:
    rows = [(f"{c.before:.2f} → {c.after:.2f}" if c.before is not None else f"{c.after:.2f}", c.language,
             clean(c.title or c.url), ", ".join(f"{words} ({name} {weight:+.2f})" for words, name, weight in c.words),
             c.url) for c in changes]
    return table(("score", "", "title", "words that decide", "address"), rows, title=f"\nWould be {side}")


def _sums(found: Replay) -> object:
    gained, lost = ({c.language for c in changes} for changes in (found.gained, found.lost))
    rows = [(language, found.kept[language], sum(c.language == language for c in found.gained),
             sum(c.language == language for c in found.lost), found.left_out[language])
            for language in sorted({*found.kept, *found.left_out, *gained, *lost})]
    return table(("language", "kept", "gained", "lost", "left out"), rows, title="\nIn sum")
