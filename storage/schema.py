"""All tables. Names and meanings are promised to users (docs/tables.md says them column by column).

A change here needs a new revision under `storage/migrations/versions/`; a test compares both. The
full-text table `articles_search` differs between the two databases and lives in the revisions alone.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.types import TEXT, JsonText

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

sources = Table(
    "sources", metadata,
    Column("id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("country", TEXT, nullable=False),
    Column("languages", TEXT, nullable=False, server_default=""),
    Column("last_success_at", TEXT),
    Column("last_article_at", TEXT),
    Column("consecutive_failures", Integer, nullable=False, server_default="0"),
    Column("last_error", TEXT),
    Column("home", TEXT),
    Column("enabled", Boolean, nullable=False, server_default=true()),
    Column("interval_seconds", Integer),
    Column("next_due_at", TEXT, index=True),
    Column("last_visit_at", TEXT),
    Column("state", TEXT, nullable=False, server_default="unvisited"),
    Column("state_reason", TEXT),
    Column("state_since", TEXT),
    Column("moved_to", TEXT),
    Column("expected_weekly", Double),
)

source_visits = Table(
    "source_visits", metadata,
    Column("source_id", TEXT, primary_key=True),
    Column("visited_at", TEXT, primary_key=True),
    Column("listed", Integer, nullable=False, server_default="0"),
    Column("fresh", Integer, nullable=False, server_default="0"),
    Column("newest_at", TEXT),
    Column("outcomes", JsonText),
    Column("error", TEXT),
    Column("failure", TEXT),
    Column("status", Integer),
    Column("unchanged", Integer, nullable=False, server_default="0"),
    Column("moved_to", TEXT),
    sqlite_with_rowid=False,
)

source_weeks = Table(
    "source_weeks", metadata,
    Column("source_id", TEXT, primary_key=True),
    Column("week", TEXT, primary_key=True),
    Column("expected", Double),
    Column("received", Integer, nullable=False, server_default="0"),
    Column("matched", Integer, nullable=False, server_default="0"),
    Column("visits", Integer, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("outcomes", JsonText),
    sqlite_with_rowid=False,
)

runs = Table(
    "runs", metadata,
    Column("id", Integer, primary_key=True),
    Column("trigger", TEXT, nullable=False),
    Column("started_at", TEXT, nullable=False),
    Column("finished_at", TEXT),
    Column("outcome", TEXT),
    Column("pages_fetched", Integer, nullable=False, server_default="0"),
    Column("articles_new", Integer, nullable=False, server_default="0"),
    Column("stories_new", Integer, nullable=False, server_default="0"),
    Column("projects_new", Integer, nullable=False, server_default="0"),
    Column("duplicates", Integer, nullable=False, server_default="0"),
    Column("errors", Integer, nullable=False, server_default="0"),
    Column("matched", Integer, nullable=False, server_default="0"),
    Column("outcomes", JsonText),
    sqlite_autoincrement=True,
)

pages = Table(
    "pages", metadata,
    Column("url", TEXT, primary_key=True),
    Column("status", Integer),
    Column("fetched_at", TEXT),
    Column("checked_at", TEXT),
    Column("etag", TEXT),
    Column("last_modified", TEXT),
    Column("outcome", TEXT, nullable=False),
    Column("canonical_url", TEXT, index=True),
    Column("source_id", TEXT, index=True),
    Column("reason", TEXT),
    Column("content_hash", TEXT),
    Column("rights", TEXT),
    Column("moved_to", TEXT),
    Column("declared_url", TEXT, index=True),
)

robots = Table(
    "robots", metadata,
    Column("origin", TEXT, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("fetched_at", TEXT, nullable=False),
)

hosts = Table(
    "hosts", metadata,
    Column("host", TEXT, primary_key=True),
    Column("held_until", TEXT),
    Column("next_at", Double),
    Column("delay", Double),
    Column("holder", TEXT),
    Column("wanted_at", Double),
)

raw_pages = Table(
    "raw_pages", metadata,
    Column("url", TEXT, primary_key=True),
    Column("fetched_at", TEXT, nullable=False, index=True),
    Column("content_type", TEXT, nullable=False, server_default=""),
    Column("hints", JsonText),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

read_texts = Table(
    "read_texts", metadata,
    Column("url", TEXT, primary_key=True),
    Column("canonical_url", TEXT, nullable=False),
    Column("source_id", TEXT),
    Column("title", TEXT),
    Column("language", TEXT),
    Column("published_at", TEXT),
    Column("kept_at", TEXT, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

stories = Table(
    "stories", metadata,
    Column("id", Integer, primary_key=True),
    # written after the article, which in turn names its story: the one circle in this schema
    # (indexed, or deleting an article looks at all stories: 11 ms instead of 0.8 at 100,000)
    Column("lead_article_id", Integer, ForeignKey("articles.id", ondelete="SET NULL", use_alter=True), index=True),
    Column("title", TEXT),
    Column("language", TEXT, nullable=False),
    Column("first_published_at", TEXT),
    Column("article_count", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

articles = Table(
    "articles", metadata,
    Column("id", Integer, primary_key=True),
    Column("url", TEXT, nullable=False),
    Column("canonical_url", TEXT, nullable=False, unique=True),
    Column("source_id", TEXT, index=True),
    Column("outlet", TEXT),
    Column("title", TEXT),
    Column("text", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("published_at", TEXT, index=True),
    Column("authors", JsonText, nullable=False, server_default="[]"),
    Column("fetched_at", TEXT, nullable=False),
    Column("story_id", Integer, ForeignKey("stories.id", ondelete="SET NULL"), index=True),
    Column("relevance", Double),
    Column("matched_terms", JsonText, nullable=False, server_default="[]"),
    Column("origin_url", TEXT),
    Column("site", TEXT),
    Column("modified_at", TEXT),
    Column("image", TEXT),
    Column("method", TEXT),
    Column("language_confidence", Double),
    Column("match_why", TEXT),
    Index(None, "url", postgresql_using="hash"),  # kept as given: it may be longer than a b-tree takes
    sqlite_autoincrement=True,
)

article_versions = Table(
    "article_versions", metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("fetched_at", TEXT, nullable=False),
    Column("replaced_at", TEXT, nullable=False),
    Column("modified_at", TEXT),
    Column("title", TEXT),
    Column("text", TEXT, nullable=False),
    Column("claims", JsonText, nullable=False, server_default="[]"),
    sqlite_autoincrement=True,
)

article_relations = Table(
    "article_relations", metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
    Column("other_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False, index=True),
    Column("kind", TEXT, primary_key=True),
    Column("score", Double, nullable=False),
    sqlite_with_rowid=False,
)

article_signatures = Table(
    "article_signatures", metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
    Column("sig_version", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("content_hash", TEXT, nullable=False, index=True),
)

article_subjects = Table(
    "article_subjects", metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
    Column("subject", Integer, primary_key=True, autoincrement=False),
    Column("role", TEXT, nullable=False),
    Column("body", JsonText, nullable=False),
)

unsettled = Table(
    "unsettled", metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
)

signature_bands = Table(
    "signature_bands", metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

seen_lines = Table(
    "seen_lines", metadata,
    Column("source_id", TEXT, primary_key=True),
    Column("line_hash", BigInteger, primary_key=True, autoincrement=False),
    Column("page_count", Integer, nullable=False),
    Column("seen_at", TEXT),
    sqlite_with_rowid=False,
)

projects = Table(
    "projects", metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("country", TEXT, index=True),
    Column("city", TEXT),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("capacity_mw", Double),
    Column("capacity_initial_mw", Double),
    Column("investment_amount", Double),
    Column("investment_currency", TEXT),
    Column("investment_usd", Double),
    Column("status", TEXT),
    Column("status_inferred", Boolean, nullable=False, server_default=false()),
    Column("doubted", Boolean, nullable=False, server_default=false()),
    Column("first_reported_at", TEXT),
    Column("last_reported_at", TEXT),
    Column("story_count", Integer, nullable=False, server_default="0"),
    Column("article_count", Integer, nullable=False, server_default="0"),
    Column("languages", TEXT, nullable=False, server_default=""),
    Column("single_source", Boolean, nullable=False, server_default=false()),
    Column("why", JsonText, nullable=False, server_default="{}"),
    sqlite_autoincrement=True,
)

project_slugs = Table(
    "project_slugs", metadata,
    Column("slug", TEXT, primary_key=True),
    Column("article_url", TEXT, index=True),
    Column("role", TEXT, nullable=False, server_default="main"),
    Column("given_at", TEXT, nullable=False),
)

project_keys = Table(
    "project_keys", metadata,
    Column("project_id", Integer, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
    Column("kind", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("articles", Integer, nullable=False, server_default="1"),
    Index(None, "kind", "key", "project_id"),  # the look-up needs nothing but the index
)

project_profiles = Table(
    "project_profiles", metadata,
    Column("project_id", Integer, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
    Column("body", JsonText, nullable=False),
)

article_projects = Table(
    "article_projects", metadata,
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False),
    Column("project_id", Integer, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True,
           autoincrement=False, index=True),
    Column("role", TEXT, nullable=False),
    Column("score", Double),
    Column("reasons", JsonText),
    Column("runner_up", Integer, ForeignKey("projects.id", ondelete="SET NULL"), index=True),
    Column("decision", TEXT, nullable=False, server_default="linked"),
    Column("subject", Integer),
    CheckConstraint("role IN ('main', 'mentioned')", name="role"),
    Index("uq_article_projects_main", "article_id", unique=True,
          sqlite_where=text("role = 'main'"), postgresql_where=text("role = 'main'")),
)

claims = Table(
    "claims", metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("project_id", Integer, ForeignKey("projects.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", TEXT, nullable=False),
    Column("value_number", Double),
    Column("value_text", TEXT),
    Column("value_printed", TEXT),
    Column("unit", TEXT),
    Column("stage", TEXT, nullable=False, server_default="unspecified"),
    Column("date", TEXT),
    Column("modality", TEXT, nullable=False, server_default="stated"),
    Column("quote", TEXT, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    # number, unit and text in one, because NULLs would never count as equal in a unique index
    Column("value_key", TEXT, nullable=False),
    Column("part", TEXT),
    UniqueConstraint("article_id", "project_id", "kind", "value_key", "stage", name="uq_claims_value"),
)

decisions = Table(
    "decisions", metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", TEXT, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("action", TEXT, nullable=False),
    Column("target", TEXT, nullable=False, index=True),
    Column("arguments", JsonText, nullable=False, server_default="{}"),
    Column("reason", TEXT),
    Column("undone_at", TEXT),
    sqlite_autoincrement=True,
)

alert_events = Table(
    "alert_events", metadata,
    Column("id", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False, index=True),
    Column("happened_at", TEXT, nullable=False, index=True),
    Column("body", JsonText, nullable=False),
    Column("held", TEXT),
)

alert_deliveries = Table(
    "alert_deliveries", metadata,
    Column("event_id", TEXT, ForeignKey("alert_events.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", TEXT, primary_key=True),
    Column("channel", TEXT, primary_key=True),
    Column("message_id", TEXT, nullable=False, index=True),
    Column("due_at", TEXT, nullable=False),
    Column("next_try_at", TEXT, index=True),
    Column("sent_at", TEXT),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", TEXT),
)

alert_states = Table(
    "alert_states", metadata,
    Column("kind", TEXT, primary_key=True),
    Column("subject", TEXT, primary_key=True),
    Column("body", JsonText, nullable=False),
    sqlite_with_rowid=False,
)

backups = Table(
    "backups", metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", TEXT, nullable=False),
    Column("path", TEXT, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("revision", TEXT, nullable=False),
    sqlite_autoincrement=True,
)
