"""Health of sources, versions of articles, relations between them, decisions of people, alerts, backups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import JSON, number, text, whole

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW_COLUMNS = {
    "sources": ("state", "state_reason", "state_since", "moved_to", "expected_weekly"),
    "pages": ("rights", "moved_to", "declared_url"),
    "hosts": ("next_at", "delay", "holder", "wanted_at"),
    "projects": ("single_source", "why"),
    "article_projects": ("subject",), "claims": ("part",),
}
_NEW_TABLES = ("source_visits", "source_weeks", "article_versions", "article_relations", "project_slugs",
               "project_profiles", "unsettled", "decisions",
               "alert_deliveries", "alert_events", "alert_states", "backups")


def upgrade() -> None:
    _sources()
    _articles()
    _linking()
    _people()


def downgrade() -> None:
    op.drop_index("ix_pages_declared_url", "pages")
    op.drop_index("ix_stories_lead_article_id", "stories")
    op.drop_index("ix_project_keys_kind_key_project_id", "project_keys")
    op.create_index("ix_project_keys_kind_key", "project_keys", ["kind", "key"])
    for table in _NEW_TABLES:
        op.drop_table(table)
    for table, columns in _NEW_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column)


def _sources() -> None:
    op.add_column("sources", text("state", null=False, default="unvisited"))
    for name in ("state_reason", "state_since", "moved_to"):
        op.add_column("sources", text(name))
    op.add_column("sources", number("expected_weekly"))
    for name in ("rights", "moved_to", "declared_url"):
        op.add_column("pages", text(name))
    op.create_index("ix_pages_declared_url", "pages", ["declared_url"])
    for column in (number("next_at"), number("delay"), text("holder"), number("wanted_at")):
        op.add_column("hosts", column)
    op.create_table(
        "source_visits", text("source_id", null=False), text("visited_at", null=False),
        whole("listed", null=False, default=0), whole("fresh", null=False, default=0), text("newest_at"),
        sa.Column("outcomes", JSON), text("error"), text("failure"), whole("status"),
        whole("unchanged", null=False, default=0), text("moved_to"),
        sa.PrimaryKeyConstraint("source_id", "visited_at", name="pk_source_visits"), sqlite_with_rowid=False,
    )
    op.create_table(
        "source_weeks", text("source_id", null=False), text("week", null=False), number("expected"),
        *(whole(name, null=False, default=0) for name in ("received", "matched", "visits", "failures")),
        sa.Column("outcomes", JSON), sa.PrimaryKeyConstraint("source_id", "week", name="pk_source_weeks"),
        sqlite_with_rowid=False,
    )


def _articles() -> None:
    op.create_table(
        "article_versions", whole("id", null=False), whole("article_id", null=False), text("fetched_at", null=False),
        text("replaced_at", null=False), text("modified_at"), text("title"), text("text", null=False),
        sa.Column("claims", JSON, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("id", name="pk_article_versions"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_versions_article_id",
                                ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_article_versions_article_id", "article_versions", ["article_id"])
    op.create_table(
        "article_relations", whole("article_id", null=False), whole("other_id", null=False), text("kind", null=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "other_id", "kind", name="pk_article_relations"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_relations_article_id",
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name="fk_article_relations_other_id",
                                ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_relations_other_id", "article_relations", ["other_id"])
    op.create_index("ix_stories_lead_article_id", "stories", ["lead_article_id"])
    op.add_column("projects", sa.Column("single_source", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("projects", sa.Column("why", JSON, nullable=False, server_default="{}"))
    op.create_table(
        "project_slugs", text("slug", null=False), text("article_url"), text("role", null=False, default="main"),
        text("given_at", null=False), sa.PrimaryKeyConstraint("slug", name="pk_project_slugs"),
    )
    op.create_index("ix_project_slugs_article_url", "project_slugs", ["article_url"])


def _linking() -> None:
    op.add_column("article_projects", whole("subject"))
    op.add_column("claims", text("part"))
    op.drop_index("ix_project_keys_kind_key", "project_keys")
    op.create_index("ix_project_keys_kind_key_project_id", "project_keys", ["kind", "key", "project_id"])
    op.create_table(
        "project_profiles", whole("project_id", null=False), sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("project_id", name="pk_project_profiles"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_project_profiles_project_id",
                                ondelete="CASCADE"),
    )
    op.create_table(
        "unsettled", whole("article_id", null=False), sa.PrimaryKeyConstraint("article_id", name="pk_unsettled"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_unsettled_article_id", ondelete="CASCADE"),
    )


def _people() -> None:
    op.create_table(
        "decisions", whole("id", null=False), text("made_at", null=False), text("who", null=False),
        text("action", null=False), text("target", null=False),
        sa.Column("arguments", JSON, nullable=False, server_default="{}"), text("reason"), text("undone_at"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"), sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_target", "decisions", ["target"])
    op.create_table(
        "alert_events", text("id", null=False), text("kind", null=False), text("subject", null=False),
        text("happened_at", null=False), sa.Column("body", JSON, nullable=False), text("held"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_events"),
    )
    for column in ("subject", "happened_at"):
        op.create_index(f"ix_alert_events_{column}", "alert_events", [column])
    op.create_table(
        "alert_deliveries", text("event_id", null=False), text("rule", null=False), text("channel", null=False),
        text("message_id", null=False), text("due_at", null=False), text("next_try_at"), text("sent_at"),
        whole("attempts", null=False, default=0), text("last_error"),
        sa.PrimaryKeyConstraint("event_id", "rule", "channel", name="pk_alert_deliveries"),
        sa.ForeignKeyConstraint(["event_id"], ["alert_events.id"], name="fk_alert_deliveries_event_id",
                                ondelete="CASCADE"),
    )
    for column in ("message_id", "next_try_at"):
        op.create_index(f"ix_alert_deliveries_{column}", "alert_deliveries", [column])
    op.create_table(
        "alert_states", text("kind", null=False), text("subject", null=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_alert_states"), sqlite_with_rowid=False,
    )
    op.create_table(
        "backups", whole("id", null=False), text("made_at", null=False), text("path", null=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False), text("revision", null=False),
        sa.PrimaryKeyConstraint("id", name="pk_backups"), sqlite_autoincrement=True,
    )
