"""What an exception of the downloader means: one outcome and a sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator

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
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from crawler.middlewares.verdicts import Refused, Verdict
from crawler.outcomes import Outcome


def verdict_of(error: BaseException) -> Verdict:
    """`error` as a verdict. What is none of the network's failures is ours, and quarantines the page."""
    if isinstance(error, Verdict):
        return error
    if isinstance(error, DownloadTimeoutError):
        return Refused(Outcome.TIMEOUT, "no complete answer in time", temporary=True)
    if isinstance(error, DownloadCancelledError):  # Scrapy cancels for the size alone
        return Refused(Outcome.TOO_LARGE, "larger than the limit")
    if isinstance(error, CannotResolveHostError):
        return Refused(Outcome.NETWORK_ERROR, "the host name is not known", temporary=True)
    if isinstance(error, DownloadConnectionRefusedError):
        return Refused(Outcome.NETWORK_ERROR, "connection refused", temporary=True)
    if isinstance(error, UnsupportedURLSchemeError):
        return Refused(Outcome.REFUSED_SCHEME, str(error))
    if isinstance(error, ResponseDataLossError):
        return Refused(Outcome.NETWORK_ERROR, "the answer broke off", temporary=True)
    given = next((cause for cause in _causes(error) if isinstance(cause, Refused)), None)
    if given is not None:
        return given
    if any(isinstance(cause, (SSL.Error, VerificationError)) for cause in _causes(error)):
        return Refused(Outcome.TLS_ERROR, _tls_reason(error), temporary=True)
    if isinstance(error, (DownloadFailedError, ConnectError, ConnectionDone, ConnectionLost, OSError)):
        inner = next((cause for cause in _causes(error) if cause is not error and str(cause)), error)
        return Refused(Outcome.NETWORK_ERROR, f"connection failed: {_short(inner)}", temporary=True)
    if isinstance(error, ValueError) and "invalid hostname" in str(error):
        return Refused(Outcome.REFUSED_ADDRESS, _short(error))
    return Refused(Outcome.QUARANTINED, f"{type(error).__name__}: {_short(error)}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, and what Twisted packs into its `reasons`, each once."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [inner for inner in (one.__cause__, one.__context__) if inner is not None]
        waiting += [failure.value for failure in getattr(one, "reasons", None) or [] if hasattr(failure, "value")]


def _tls_reason(error: BaseException) -> str:
    for cause in _causes(error):
        if isinstance(cause, VerificationError):
            return "the certificate is of another host"
        if isinstance(cause, SSL.Error) and cause.args and isinstance(cause.args[0], (list, tuple)):
            words = [str(part[-1]) for part in cause.args[0] if isinstance(part, tuple) and part]
            if words:
                return "TLS: " + ", ".join(words)
    return "TLS failed"


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
