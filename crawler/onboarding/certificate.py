"""What is wrong with a server's certificate, in the words of OpenSSL. One handshake, nothing asked."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Collection
from urllib.parse import urlsplit

from crawler.middlewares.addresses import check_address, is_public
from crawler.urls import host_of

_WORDS = (
    ("has expired", "the certificate has expired"),
    ("not yet valid", "the certificate is not valid yet"),
    ("self-signed", "the certificate is self-signed: nobody vouches for it"),
    ("self signed", "the certificate is self-signed: nobody vouches for it"),
    ("hostname mismatch", "the certificate is of another host"),
    ("ip address mismatch", "the certificate is of another host"),
    ("unable to get local issuer", "the server does not send the whole chain of certificates"),
)


def certificate_trouble(url: str, allowed: Collection[str], seconds: float = 10.0) -> str | None:
    """Why the certificate of `url`'s host is refused; None where it is fine, or the host may not be asked.

    `allowed` are hosts (name:port) that may be asked though not public; the address dialled is the one judged.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or check_address(url, allowed) is not None:
        return None
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        addresses = [where for *_, where in found if host_of(url) in allowed or is_public(str(where[0]))]
        if not addresses:
            return None
        with socket.create_connection((str(addresses[0][0]), int(addresses[0][1])), seconds) as plain, \
                ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname):
            return None
    except ssl.SSLCertVerificationError as error:
        said = error.verify_message or str(error)
        return next((words for mark, words in _WORDS if mark in said.lower()), f"the certificate is refused: {said}")
    except (OSError, UnicodeError, ValueError):
        return None
