"""The views that users query. Each is one SELECT that both databases read; created anew after a migration.

Claims that an article denies count nowhere here.
"""

from __future__ import annotations

from sqlalchemy import Connection

PROJECT_ORGANIZATIONS = """
    SELECT project_id, value_text AS organization, count(DISTINCT article_id) AS article_count
    FROM claims
    WHERE kind = 'organization' AND modality <> 'denied' AND value_text IS NOT NULL
    GROUP BY project_id, value_text
"""

# A number as people write it: 386, not 386.0. Nested, so that PostgreSQL casts nothing that is too large.
_NUMBER = """
    CASE WHEN abs({0}) >= 1e15 THEN CAST({0} AS TEXT)
         ELSE CASE WHEN {0} = CAST({0} AS BIGINT) THEN CAST(CAST({0} AS BIGINT) AS TEXT) ELSE CAST({0} AS TEXT) END
    END
"""
_VALUE = f"""
    CASE WHEN {{0}}.value_number IS NULL THEN {{0}}.value_text
         ELSE ({_NUMBER.format('{0}.value_number')}) || coalesce(' ' || {{0}}.unit, '') END
"""

PROJECT_TIMELINE = f"""
    SELECT c.project_id,
           CASE WHEN c.kind = 'milestone' THEN c.date ELSE substr(a.published_at, 1, 10) END AS date,
           CASE WHEN c.kind = 'milestone' THEN c.value_text ELSE c.kind END AS event,
           {_VALUE.format('c')} AS value_text,
           c.article_id, a.outlet, a.language, c.quote, c.stage, c.modality
    FROM claims c JOIN articles a ON a.id = c.article_id
    WHERE c.modality <> 'denied'
      AND (c.kind IN ('status', 'capacity', 'investment', 'doubt') OR (c.kind = 'milestone' AND c.date IS NOT NULL))
"""  # noqa: S608

# Two values conflict where an article says the one and another article the other about the same thing: the same
# kind, the same currency, total with total and first stage with first stage (a value without a stage is taken for
# the total). Numbers must be further apart than 1 %. A city conflicts only between articles that do not name both.
# The example is the earliest article; of each value two suffice to find a pair of different ones.
PROJECT_CONFLICTS = f"""
    WITH said AS (
        SELECT c.project_id, c.kind, c.value_number, c.value_text, c.article_id,
               CASE WHEN c.kind = 'city' THEN '' WHEN c.stage = 'unspecified' THEN 'total' ELSE c.stage END AS thing,
               CASE WHEN c.kind = 'investment' THEN coalesce(c.unit, '') ELSE '' END AS currency,
               {_VALUE.format('c')} AS value,
               coalesce(a.published_at, '~') || ' ' || a.canonical_url AS arrival
        FROM claims c
        JOIN article_projects ap ON ap.article_id = c.article_id AND ap.project_id = c.project_id AND ap.role = 'main'
        JOIN articles a ON a.id = c.article_id
        WHERE c.modality <> 'denied'
          AND ((c.kind IN ('capacity', 'investment') AND c.value_number IS NOT NULL
                AND c.stage IN ('total', 'initial', 'unspecified'))
               OR (c.kind = 'city' AND c.value_text IS NOT NULL))
    ), once AS (
        -- no GROUP BY: behind one SQLite takes every table for a hundred rows, and joins it to itself without an index
        SELECT * FROM (
            SELECT said.*, row_number() OVER (
                PARTITION BY project_id, kind, thing, currency, value, value_number, article_id) AS nth
            FROM said) numbered
        WHERE nth = 1
    ), numbers AS (
        SELECT once.*, row_number() OVER (
            PARTITION BY project_id, kind, thing, currency, value_number ORDER BY arrival) AS place
        FROM once WHERE value_number IS NOT NULL
    ), pairs AS (
        SELECT a.project_id, a.kind, a.thing, a.value AS value_a, b.value AS value_b,
               a.article_id AS article_a, b.article_id AS article_b,
               row_number() OVER (
                   PARTITION BY a.project_id, a.kind, a.thing, a.currency, a.value_number, b.value_number
                   ORDER BY a.arrival, b.arrival) AS place
        FROM numbers a JOIN numbers b
          ON b.project_id = a.project_id AND b.kind = a.kind AND b.thing = a.thing AND b.currency = a.currency
         AND b.value_number > a.value_number AND b.article_id <> a.article_id
        WHERE b.value_number - a.value_number > 0.01 * abs(b.value_number)
          AND a.place <= 2 AND b.place <= 2
    ), cities AS (
        SELECT DISTINCT project_id, value FROM once WHERE kind = 'city'
    ), alone AS (
        SELECT a.project_id, a.value, c.value AS other, a.article_id,
               row_number() OVER (PARTITION BY a.project_id, a.value, c.value ORDER BY a.arrival) AS place
        FROM once a JOIN cities c ON c.project_id = a.project_id AND c.value <> a.value
        WHERE a.kind = 'city' AND NOT EXISTS (  -- asked of the table, whose index answers at once
            SELECT 1 FROM claims n
            WHERE n.article_id = a.article_id AND n.project_id = a.project_id AND n.kind = 'city'
              AND n.value_text = c.value AND n.modality <> 'denied')
    )
    SELECT project_id, kind, value_a, value_b, article_a, article_b, thing AS stage FROM pairs WHERE place = 1
    UNION ALL
    SELECT a.project_id, 'city', a.value, b.value, a.article_id, b.article_id, ''
    FROM alone a JOIN alone b ON b.project_id = a.project_id AND b.value = a.other AND b.other = a.value
    WHERE a.value < b.value AND a.place = 1 AND b.place = 1
"""  # noqa: S608

# How the reported value went: each value once, when it was first said, with the one that was reported before it. Of
# several values of one stage in an article the largest speaks, as in the row. A status counts where it leads further
# than all before it since the last stop, or is a stop; an announcement after a stop is an old one retold.
PROJECT_HISTORY = f"""
    WITH said AS (
        SELECT c.project_id, c.kind, c.value_number, c.value_text AS word, {_VALUE.format('c')} AS value,
               CASE WHEN c.kind = 'status' THEN '' WHEN c.stage = 'unspecified' THEN 'total' ELSE c.stage END AS thing,
               CASE WHEN c.kind = 'investment' THEN coalesce(c.unit, '') ELSE '' END AS currency,
               c.article_id, c.quote, a.outlet, a.language, substr(a.published_at, 1, 10) AS date,
               a.published_at || ' ' || a.canonical_url AS arrival, c.quote_start
        FROM claims c
        JOIN article_projects ap ON ap.article_id = c.article_id AND ap.project_id = c.project_id AND ap.role = 'main'
        JOIN articles a ON a.id = c.article_id
        WHERE c.modality <> 'denied' AND a.published_at IS NOT NULL
          AND ((c.kind IN ('capacity', 'investment') AND c.value_number IS NOT NULL
                AND c.stage IN ('total', 'initial', 'unspecified'))
               OR (c.kind = 'status' AND c.value_text IS NOT NULL))
    ), largest AS (
        SELECT said.*, row_number() OVER (PARTITION BY project_id, kind, thing, currency, article_id
                                          ORDER BY value_number DESC, quote_start) AS place
        FROM said WHERE kind <> 'status'
    ), first AS (
        SELECT largest.*, row_number() OVER (PARTITION BY project_id, kind, thing, currency, value_number
                                             ORDER BY arrival) AS nth
        FROM largest WHERE place = 1
    ), numbers AS (
        SELECT first.*,
               lag(value) OVER (PARTITION BY project_id, kind, thing, currency ORDER BY arrival) AS value_before,
               lag(value_number) OVER (PARTITION BY project_id, kind, thing, currency ORDER BY arrival) AS number_before
        FROM first WHERE nth = 1
    ), ladder AS (
        SELECT said.*, CASE word WHEN 'announced' THEN 0 WHEN 'agreement' THEN 1 WHEN 'approved' THEN 2
                                 WHEN 'under_construction' THEN 3 WHEN 'operational' THEN 4 END AS step
        FROM said WHERE kind = 'status'
    ), eras AS (
        SELECT ladder.*, lag(word) OVER (PARTITION BY project_id ORDER BY arrival) AS last_word,
               sum(CASE WHEN step IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY project_id ORDER BY arrival
                   ROWS UNBOUNDED PRECEDING) AS era
        FROM ladder
    ), steps AS (
        SELECT eras.*, max(step) OVER (PARTITION BY project_id, era ORDER BY arrival
                                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS furthest
        FROM eras WHERE step IS NULL OR step > 0 OR era = 0
    ), states AS (
        SELECT project_id, kind, thing, word AS value, article_id, quote, outlet, language, date, arrival,
               lag(word) OVER (PARTITION BY project_id ORDER BY arrival) AS value_before
        FROM steps
        WHERE (step IS NULL AND (last_word IS NULL OR last_word <> word))
           OR (step IS NOT NULL AND (furthest IS NULL OR step > furthest))
    )
    SELECT project_id, date, kind, thing AS stage, value_before, value AS value_text, article_id, outlet, language,
           quote
    FROM numbers WHERE number_before IS NULL OR abs(value_number - number_before) > 0.01 * abs(value_number)
    UNION ALL
    SELECT project_id, date, kind, thing, value_before, value, article_id, outlet, language, quote FROM states
"""  # noqa: S608


def _day_number(column: str) -> str:
    """Days since a fixed day, of an ISO date (Fliegel and van Flandern, 1968); both databases divide whole numbers
    towards zero. NULL where the day is not known."""
    year, month, day = (f"CAST(substr({column}, {start}, {length}) AS INTEGER)"
                        for start, length in ((1, 4), (6, 2), (9, 2)))
    shift = f"(({month}) - 14) / 12"
    return (f"CASE WHEN length({column}) >= 10 THEN (1461 * ({year} + 4800 + {shift})) / 4"
            f" + (367 * ({month} - 2 - 12 * ({shift}))) / 12 - (3 * (({year} + 4900 + {shift}) / 100)) / 4"
            f" + {day} - 32075 END")


# Who reported a project first, in which language, and how many days behind the first. `copy_of`: it was another
# article's text, so that a press release and its copies are told apart from thirty reports.
PROJECT_FIRST_SEEN = f"""
    WITH seen AS (
        SELECT ap.project_id, coalesce(a.outlet, a.source_id, '') AS outlet, a.language, a.published_at AS first_at,
               a.id AS article_id, CASE WHEN s.lead_article_id <> a.id THEN s.lead_article_id END AS copy_of,
               {_day_number('a.published_at')} AS day,
               row_number() OVER (PARTITION BY ap.project_id, coalesce(a.outlet, a.source_id, ''), a.language
                                  ORDER BY coalesce(a.published_at, '~'), a.canonical_url) AS place
        FROM article_projects ap JOIN articles a ON a.id = ap.article_id LEFT JOIN stories s ON s.id = a.story_id
        WHERE ap.role = 'main'
    )
    SELECT project_id, outlet, language, first_at, day - min(day) OVER (PARTITION BY project_id) AS lag_days,
           article_id, copy_of
    FROM seen WHERE place = 1
"""  # noqa: S608

VIEWS = {
    "project_organizations": PROJECT_ORGANIZATIONS,
    "project_timeline": PROJECT_TIMELINE,
    "project_conflicts": PROJECT_CONFLICTS,
    "project_history": PROJECT_HISTORY,
    "project_first_seen": PROJECT_FIRST_SEEN,
}


def create_views(conn: Connection) -> None:
    """Make the views; they must not be there."""
    for name, select in VIEWS.items():
        conn.exec_driver_sql(f"CREATE VIEW {name} AS {select}")


def drop_views(conn: Connection) -> None:
    """Drop the views that are there."""
    for name in VIEWS:
        conn.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
