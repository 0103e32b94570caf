"""The first schema: all tables of the contract and what the pipeline needs beside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import JSON, TEXT, number, text, whole

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _crawling()
    _reading()
    _projects()
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_stories_lead_article_id", "stories", "articles", ["lead_article_id"], ["id"],
                              ondelete="SET NULL")
        _search_postgresql()
    else:
        _search_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_stories_lead_article_id", "stories", type_="foreignkey")
    for table in ("articles_search", "claims", "article_projects", "project_keys", "projects", "seen_lines",
                  "signature_bands", "article_signatures", "article_subjects", "articles",
                  "stories", "read_texts", "raw_pages", "robots", "hosts", "pages", "runs", "sources"):
        op.drop_table(table)


def _crawling() -> None:
    op.create_table(
        "sources", text("id", null=False), text("name", null=False), text("kind", null=False),
        text("country", null=False), text("languages", null=False, default=""), text("last_success_at"),
        text("last_article_at"), whole("consecutive_failures", null=False, default=0), text("last_error"),
        text("home"), sa.Column("enabled", sa.Boolean(), nullable=False, server_default=sa.true()),
        whole("interval_seconds"), text("next_due_at"), text("last_visit_at"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_index("ix_sources_next_due_at", "sources", ["next_due_at"])
    op.create_table(
        "runs", whole("id", null=False), text("trigger", null=False), text("started_at", null=False),
        text("finished_at"), text("outcome"),
        *(whole(name, null=False, default=0) for name in (
            "pages_fetched", "articles_new", "stories_new", "projects_new", "duplicates", "errors", "matched")),
        sa.Column("outcomes", JSON), sa.PrimaryKeyConstraint("id", name="pk_runs"), sqlite_autoincrement=True,
    )
    op.create_table(
        "pages", text("url", null=False), whole("status"), text("fetched_at"), text("checked_at"), text("etag"),
        text("last_modified"), text("outcome", null=False), text("canonical_url"), text("source_id"), text("reason"),
        text("content_hash"), sa.PrimaryKeyConstraint("url", name="pk_pages"),
    )
    op.create_index("ix_pages_canonical_url", "pages", ["canonical_url"])
    op.create_index("ix_pages_source_id", "pages", ["source_id"])
    op.create_table(
        "robots", text("origin", null=False), whole("status", null=False),
        sa.Column("body", sa.LargeBinary(), nullable=False), text("fetched_at", null=False),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )
    op.create_table("hosts", text("host", null=False), text("held_until"),
                    sa.PrimaryKeyConstraint("host", name="pk_hosts"))
    op.create_table(
        "raw_pages", text("url", null=False), text("fetched_at", null=False),
        text("content_type", null=False, default=""), sa.Column("hints", JSON), whole("size", null=False),
        sa.Column("body", sa.LargeBinary(), nullable=False), sa.PrimaryKeyConstraint("url", name="pk_raw_pages"),
    )
    op.create_index("ix_raw_pages_fetched_at", "raw_pages", ["fetched_at"])
    op.create_table(
        "read_texts", text("url", null=False), text("canonical_url", null=False), text("source_id"), text("title"),
        text("language"), text("published_at"), text("kept_at", null=False), whole("size", null=False),
        sa.Column("body", sa.LargeBinary(), nullable=False), sa.PrimaryKeyConstraint("url", name="pk_read_texts"),
    )
    op.create_index("ix_read_texts_kept_at", "read_texts", ["kept_at"])
    op.create_table(
        "seen_lines", text("source_id", null=False), sa.Column("line_hash", sa.BigInteger(), nullable=False),
        whole("page_count", null=False), text("seen_at"),
        sa.PrimaryKeyConstraint("source_id", "line_hash", name="pk_seen_lines"), sqlite_with_rowid=False,
    )


def _reading() -> None:
    # stories and articles name each other: SQLite takes the forward reference at once, PostgreSQL gets it afterwards
    lead = ([] if op.get_bind().dialect.name == "postgresql" else
            [sa.ForeignKeyConstraint(["lead_article_id"], ["articles.id"], name="fk_stories_lead_article_id",
                                     ondelete="SET NULL")])
    op.create_table(
        "stories", whole("id", null=False), whole("lead_article_id"), text("title"), text("language", null=False),
        text("first_published_at"), whole("article_count", null=False, default=0),
        sa.PrimaryKeyConstraint("id", name="pk_stories"), *lead, sqlite_autoincrement=True,
    )
    op.create_table(
        "articles", whole("id", null=False), text("url", null=False), text("canonical_url", null=False),
        text("source_id"), text("outlet"), text("title"), text("text", null=False), text("language", null=False),
        text("published_at"), sa.Column("authors", JSON, nullable=False, server_default="[]"),
        text("fetched_at", null=False), whole("story_id"), number("relevance"),
        sa.Column("matched_terms", JSON, nullable=False, server_default="[]"), text("origin_url"), text("site"),
        text("modified_at"), text("image"), text("method"), number("language_confidence"), text("match_why"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("canonical_url", name="uq_articles_canonical_url"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_articles_story_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_url", "articles", ["url"], postgresql_using="hash")
    for column in ("source_id", "published_at", "story_id"):
        op.create_index(f"ix_articles_{column}", "articles", [column])
    op.create_table(
        "article_signatures", whole("article_id", null=False), whole("sig_version", null=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False), text("content_hash", null=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_signatures"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_signatures_article_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_article_signatures_content_hash", "article_signatures", ["content_hash"])
    op.create_table(
        "article_subjects", whole("article_id", null=False), whole("subject", null=False), text("role", null=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "subject", name="pk_article_subjects"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_subjects_article_id",
                                ondelete="CASCADE"),
    )
    op.create_table(
        "signature_bands", sa.Column("key", sa.BigInteger(), nullable=False), whole("article_id", null=False),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_signature_bands"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_signature_bands_article_id",
                                ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_signature_bands_article_id", "signature_bands", ["article_id"])


def _projects() -> None:
    op.create_table(
        "projects", whole("id", null=False), text("slug", null=False), text("name", null=False), text("country"),
        text("city"), *(number(name) for name in ("latitude", "longitude", "capacity_mw", "capacity_initial_mw",
                                                  "investment_amount")),
        text("investment_currency"), number("investment_usd"), text("status"),
        sa.Column("status_inferred", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false()),
        text("first_reported_at"), text("last_reported_at"), whole("story_count", null=False, default=0),
        whole("article_count", null=False, default=0), text("languages", null=False, default=""),
        sa.PrimaryKeyConstraint("id", name="pk_projects"), sa.UniqueConstraint("slug", name="uq_projects_slug"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_projects_country", "projects", ["country"])
    op.create_table(
        "project_keys", whole("project_id", null=False), text("kind", null=False), text("key", null=False),
        whole("articles", null=False, default=1),
        sa.PrimaryKeyConstraint("project_id", "kind", "key", name="pk_project_keys"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_project_keys_project_id", ondelete="CASCADE"),
    )
    op.create_index("ix_project_keys_kind_key", "project_keys", ["kind", "key"])
    op.create_table(
        "article_projects", whole("article_id", null=False), whole("project_id", null=False), text("role", null=False),
        number("score"), sa.Column("reasons", JSON), whole("runner_up"), text("decision", null=False, default="linked"),
        sa.PrimaryKeyConstraint("article_id", "project_id", name="pk_article_projects"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_projects_article_id",
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_article_projects_project_id",
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["runner_up"], ["projects.id"], name="fk_article_projects_runner_up",
                                ondelete="SET NULL"),
        sa.CheckConstraint("role IN ('main', 'mentioned')", name="ck_article_projects_role"),
    )
    op.create_index("uq_article_projects_main", "article_projects", ["article_id"], unique=True,
                    sqlite_where=sa.text("role = 'main'"), postgresql_where=sa.text("role = 'main'"))
    for column in ("project_id", "runner_up"):
        op.create_index(f"ix_article_projects_{column}", "article_projects", [column])
    op.create_table(
        "claims", whole("id", null=False), whole("article_id", null=False), whole("project_id", null=False),
        text("kind", null=False), number("value_number"), text("value_text"), text("value_printed"), text("unit"),
        text("stage", null=False, default="unspecified"), text("date"), text("modality", null=False, default="stated"),
        text("quote", null=False), whole("quote_start", null=False), whole("quote_end", null=False),
        text("value_key", null=False), sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("article_id", "project_id", "kind", "value_key", "stage", name="uq_claims_value"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_claims_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_claims_project_id", ondelete="CASCADE"),
    )
    op.create_index("ix_claims_project_id", "claims", ["project_id"])


def _search_sqlite() -> None:
    op.execute("""
        CREATE VIRTUAL TABLE articles_search USING fts5(
            title, text, article_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')
    """)
    op.execute("""
        CREATE TRIGGER articles_search_gone AFTER DELETE ON articles
        BEGIN DELETE FROM articles_search WHERE rowid = old.id; END
    """)


def _search_postgresql() -> None:
    op.create_table(
        "articles_search", whole("article_id", null=False), sa.Column("title", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("document", sa.dialects.postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_articles_search"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_articles_search_article_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_articles_search_document", "articles_search", ["document"], postgresql_using="gin")
