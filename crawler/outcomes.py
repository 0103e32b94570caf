"""The closed list of what can become of a URL (contract.md, table `pages`).

Every URL asked or refused ends in exactly one outcome; asked = sum of outcomes, always.
"""

from __future__ import annotations

from enum import Enum


class Outcome(str, Enum):
    """One word a page; a new word is added to the contract first."""

    MATCHED = "matched"
    OFF_TOPIC = "off_topic"
    LISTING = "listing"
    DUPLICATE_URL = "duplicate_url"
    REFUSED_ADDRESS = "refused_address"
    REFUSED_SCHEME = "refused_scheme"
    REFUSED_ROBOTS = "refused_robots"
    REFUSED_TYPE = "refused_type"
    TOO_OLD = "too_old"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    HTTP_ERROR = "http_error"
    NETWORK_ERROR = "network_error"
    TLS_ERROR = "tls_error"
    REDIRECT_LOOP = "redirect_loop"
    BLOCKED = "blocked"
    PAYWALL = "paywall"
    NEEDS_BROWSER = "needs_browser"
    READ_EMPTY = "read_empty"
    READ_TIMEOUT = "read_timeout"
    HOSTILE_XML = "hostile_xml"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"

    def __str__(self) -> str:
        return self.value
