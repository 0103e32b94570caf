"""What the downloader's exceptions mean."""

from __future__ import annotations

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from crawler.crawl.failures import verdict_of
from crawler.middlewares.verdicts import NotModified, Refused
from crawler.outcomes import Outcome


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(("error", "outcome"), [
    (DownloadTimeoutError("30 s"), Outcome.TIMEOUT), (DownloadCancelledError(""), Outcome.TOO_LARGE),
    (CannotResolveHostError("x"), Outcome.NETWORK_ERROR), (DownloadConnectionRefusedError("x"), Outcome.NETWORK_ERROR),
    (UnsupportedURLSchemeError("gopher"), Outcome.REFUSED_SCHEME), (ResponseDataLossError(), Outcome.NETWORK_ERROR),
    (caused(DownloadFailedError("x"), ResponseFailed([Failure(ConnectionLost("gone"))])), Outcome.NETWORK_ERROR),
    (caused(DownloadFailedError("x"), ResponseNeverReceived([Failure(SSL.Error([("a", "b", "certificate verify failed")]))])),
     Outcome.TLS_ERROR),
    (caused(DownloadFailedError("x"), ResponseNeverReceived([Failure(VerificationError(errors=[]))])), Outcome.TLS_ERROR),
    (OSError("no route"), Outcome.NETWORK_ERROR), (ValueError("invalid hostname: a..b"), Outcome.REFUSED_ADDRESS),
    (KeyError("ours"), Outcome.QUARANTINED),
])
def test_each_failure_has_its_outcome(error: Exception, outcome: Outcome) -> None:
    verdict = verdict_of(error)
    assert isinstance(verdict, Refused)
    assert verdict.outcome is outcome
    assert verdict.reason


def test_the_reason_names_what_tls_said() -> None:
    error = caused(DownloadFailedError("x"), ResponseNeverReceived([Failure(SSL.Error([("", "", "certificate has expired")]))]))
    verdict = verdict_of(error)
    assert isinstance(verdict, Refused)
    assert verdict.reason == "TLS: certificate has expired"


def test_verdicts_stay_what_they_are() -> None:
    verdict = NotModified()
    assert verdict_of(verdict) is verdict
