from __future__ import annotations

from sqlalchemy import Engine

from storage import hosts, pages
from storage.engine import reading, writing

AT = "2026-01-05T10:00:00Z"


def test_every_url_asked_is_known(database: Engine) -> None:
    long = "https://example.org/" + "x" * 4000
    with writing(database) as conn:
        pages.record(conn, [
            {"url": "https://example.org/a?utm=1", "canonical_url": "https://example.org/a", "outcome": "matched",
             "status": 200, "fetched_at": AT, "source_id": "example"},
            {"url": long, "outcome": "refused_scheme", "reason": "too odd"}])
    with reading(database) as conn:
        known = pages.known(conn, ["https://example.org/a?utm=1", "https://example.org/a", long])
        assert set(known) == {"https://example.org/a?utm=1", long}
        assert known["https://example.org/a?utm=1"]["checked_at"] == AT
        assert known[long]["reason"] == "too odd"
        twins = pages.known_canonical(conn, ["https://example.org/a", "https://example.org/b"])
        assert [(url, row["url"]) for url, row in twins.items()] == [
            ("https://example.org/a", "https://example.org/a?utm=1")]
        assert pages.outcomes(conn) == {"matched": 1, "refused_scheme": 1}


def test_more_urls_than_one_question_takes(database: Engine) -> None:
    urls = [f"https://example.org/{n}" for n in range(1201)]
    with writing(database) as conn:
        assert pages.record(conn, [{"url": url, "outcome": "off_topic"} for url in urls]) == 1201
        assert len(pages.known(conn, [*urls, "https://example.org/x"])) == 1201


def test_a_304_touches_the_time_of_the_check_alone(database: Engine) -> None:
    with writing(database) as conn:
        pages.record(conn, [{"url": "u", "outcome": "listing", "status": 200, "fetched_at": AT, "etag": '"1"',
                             "last_modified": "Mon", "content_hash": "ab"}])
        before = pages.known(conn, ["u"])["u"]
        pages.touch(conn, "u", "2026-01-06T10:00:00Z")
        assert pages.known(conn, ["u"])["u"] == {**before, "checked_at": "2026-01-06T10:00:00Z"}
        assert pages.validators(conn, "u") == pages.Validators('"1"', "Mon", "ab")
        assert pages.validators(conn, "v") is None


def test_what_hosts_ask_for(database: Engine) -> None:
    with writing(database) as conn:
        assert hosts.robots(conn, "https://example.org") is None
        assert hosts.held_until(conn, "example.org:443") is None
        for body in (b"old", b"User-agent: *\n\xff\0"):
            hosts.keep_robots(conn, "https://example.org", status=200, body=body, fetched_at=AT)
        hosts.hold(conn, "example.org:443", AT)
        assert hosts.robots(conn, "https://example.org") == {
            "origin": "https://example.org", "status": 200, "body": b"User-agent: *\n\xff\0", "fetched_at": AT}
        assert hosts.held_until(conn, "example.org:443") == AT
