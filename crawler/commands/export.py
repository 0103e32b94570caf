"""`marsad export`: projects, articles, stories or changes as files and feeds."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from crawler.commands.common import DEFAULT_DATABASE, ConfigOption, DatabaseOption, err
from crawler.configuration.durations import parse_duration
from crawler.errors import UsageError
from storage.engine import open_database, reading

_STATUSES = ("announced", "agreement", "approved", "under_construction", "operational", "suspended", "cancelled")


class What(str, Enum):
    """What is exported."""

    PROJECTS = "projects"
    ARTICLES = "articles"
    STORIES = "stories"
    CHANGES = "changes"
    ATOM = "atom"
    JSONFEED = "jsonfeed"


class Form(str, Enum):
    """How."""

    CSV = "csv"
    JSONL = "jsonl"
    GEOJSON = "geojson"
    XLSX = "xlsx"
    ATOM = "atom"
    JSONFEED = "jsonfeed"


class Of(str, Enum):
    """Of what a feed is."""

    PROJECTS = "projects"
    STORIES = "stories"
    CHANGES = "changes"


def register(app: typer.Typer) -> None:
    app.command("export")(export)


def export(
    what: Annotated[What, typer.Argument(help="projects, articles, stories or changes; atom or jsonfeed: a feed.")],
    form: Annotated[Form, typer.Option("--format", help="Format of the file.")] = Form.CSV,
    output: Annotated[Optional[str], typer.Option(  # noqa: UP045 - Typer on Python 3.10
        "--output", "-o", help="File, or a folder (ends with /, or is one); default: stdout.")] = None,
    of: Annotated[Of, typer.Option("--of", help="Of what a feed is.")] = Of.CHANGES,
    country: Annotated[Optional[str], typer.Option(help="Only this country, ISO alpha-2.")] = None,  # noqa: UP045
    language: Annotated[Optional[str], typer.Option(  # noqa: UP045
        help="Only articles in this language, ISO 639-1; of a feed: the reader's language.")] = None,
    status: Annotated[Optional[str], typer.Option(help="Only projects with this status.")] = None,  # noqa: UP045
    min_mw: Annotated[Optional[float], typer.Option("--min-mw", help="At least this many megawatts.")] = None,  # noqa: UP045
    since: Annotated[Optional[str], typer.Option(help="Reported since: 30d, or a day as 2026-01-31.")] = None,  # noqa: UP045
    project: Annotated[Optional[str], typer.Option(help="Only this project (its slug).")] = None,  # noqa: UP045
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write what is known to a file: titles, links, dates, short quotes and claims, never whole articles.

    Every export says whose words it holds and to what it was blind.

    Examples: marsad export projects --format xlsx -o projects.xlsx --country MA

    marsad export atom --of changes --country MA --language ar -o feeds/
    """
    del config  # every command takes it
    from crawler.exports.files import write_file
    from crawler.exports.serving import feed_name
    from storage.exports import Filter

    kind, shape = _chosen(what, form, of)
    wanted = Filter(_country(country), _language(language), _status(status), min_mw, _since(since), project)
    engine = open_database(database, read_only=True)
    with reading(engine) as conn:
        if project is not None:
            _check_project(conn, project)
        parts = _render(conn, kind, shape, wanted)
        if output is None:
            _to_stdout(parts, shape)
            return
        if shape in {Form.ATOM, Form.JSONFEED}:
            name = feed_name(kind, wanted.country, wanted.language, shape.value)
        else:
            name = _file_name(kind, wanted, shape)
        target = _target(output, name)
        write_file(target, b"".join(parts))
    err().print(f"written: {target}", markup=False)


def _target(output: str, name: str) -> Path:
    """The file: `output` itself, or `name` in it where it is a folder. A folder's parent must be there."""
    path = Path(output)
    if not path.is_dir() and not output.endswith(("/", "\\")):
        return path
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: the folder cannot be made: {error.strerror}") from None
    return path / name


def _chosen(what: What, form: Form, of: Of) -> tuple[str, Form]:
    if what in {What.ATOM, What.JSONFEED}:
        return of.value, Form(what.value)
    if what is What.ARTICLES and form in {Form.ATOM, Form.JSONFEED}:
        raise UsageError("feeds are of projects, stories or changes: marsad export atom --of stories")
    if what is not What.PROJECTS and form is Form.GEOJSON:
        raise UsageError(f"{what.value} have no coordinates; geojson is for projects")
    return what.value, form


def _render(conn: Any, what: str, form: Form, wanted: Any) -> Iterable[bytes]:
    from crawler.exports import csvfile, jsonfile, records, sheets
    from crawler.exports.about import about
    from crawler.exports.serving import feed_bytes

    now = datetime.now(timezone.utc)
    if form in {Form.ATOM, Form.JSONFEED}:
        return [feed_bytes(conn, what, wanted, wanted.language, form.value, now=now)]
    writers: dict[Form, Any] = {Form.CSV: csvfile.to_csv, Form.JSONL: jsonfile.to_jsonl,
                                Form.GEOJSON: jsonfile.to_geojson, Form.XLSX: sheets.to_xlsx}
    makers: dict[str, Any] = {"projects": records.project_records, "articles": records.article_records,
              "stories": records.story_records, "changes": records.change_records}
    note = about(conn, what, wanted, now)
    rows: Iterable[bytes] = writers[form](what, makers[what](conn, wanted), note)
    return rows


def _to_stdout(parts: Iterable[bytes], form: Form) -> None:
    if form is Form.XLSX and sys.stdout.isatty():
        raise UsageError("xlsx is no text; name a file with -o")
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _file_name(what: str, wanted: Any, form: Form) -> str:
    from crawler.exports.safe import file_name

    return file_name(".".join(filter(None, (what, wanted.project, wanted.country, wanted.language))), form.value)


def _check_project(conn: Any, slug: str) -> None:
    from storage.dossier import slugs

    known = slugs(conn)
    if slug not in known:
        close = difflib.get_close_matches(slug, known, n=1, cutoff=0.4)
        raise UsageError(f"no project {slug!r}; " + (f"did you mean {close[0]!r}?" if close else "see marsad projects"))


def _country(code: str | None) -> str | None:
    import pycountry

    if code is not None and pycountry.countries.get(alpha_2=code.upper()) is None:
        raise UsageError(f"--country {code}: write an ISO 3166-1 alpha-2 code, such as MA")
    return code.upper() if code else None


def _language(code: str | None) -> str | None:
    if code is not None and not re.fullmatch("[a-zA-Z]{2}", code):
        raise UsageError(f"--language {code}: write an ISO 639-1 code, such as fr or ar")
    return code.lower() if code else None


def _status(status: str | None) -> str | None:
    if status is not None and status not in _STATUSES:
        raise UsageError(f"--status {status}: one of {', '.join(_STATUSES)}")
    return status


def _since(text: str | None) -> str | None:
    if text is None:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise UsageError(f"--since {text}: there is no such day") from None
        return text
    try:
        return (datetime.now(timezone.utc) - parse_duration(text)).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise UsageError(f"--since {text}: write a span such as 30d, or a day such as 2026-01-31") from None
