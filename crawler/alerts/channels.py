"""A message over one channel: any address that Apprise knows. Addresses are secrets and are never printed.

Mail is put together here, because a double must carry the same Message-ID and both text and HTML; its address is
still read by Apprise. Everything else goes out through Apprise, with the message's id in its text (and, where the
service takes data, as a field of its own).
"""

from __future__ import annotations

import logging
import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from pathlib import Path
from typing import Any

from crawler.alerts.message import Message
from crawler.alerts.rules import AlertRules, fill, references
from crawler.errors import ConfigError, MarsadError
from crawler.exports.safe import one_line

_SECONDS = 30
_SMTP_PORTS = {"ssl": 465, "starttls": 587, "insecure": 25}
# Parts of an address that are too short or too common to be a secret worth hiding in an error.
_SHORT = 4


class SendError(MarsadError):
    """A message could not be handed over. `final`: trying again would not help. Its text holds no secrets."""

    def __init__(self, text: str, *, final: bool = False) -> None:
        super().__init__(text)
        self.final = final


@dataclass(frozen=True, slots=True)
class Secrets:
    """The values that channels refer to; `repr` shows none."""

    values: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Secrets({len(self.values)})"

    def mask(self, text: str) -> str:
        """`text` without any of the values or parts of them."""
        for part in sorted(self._parts(), key=len, reverse=True):
            text = text.replace(part, "***")
        return text

    def _parts(self) -> set[str]:
        parts: set[str] = set()
        for value in self.values.values():
            parts |= {value, *re.split(r"[/:@?&=]+", value)}
        return {part for part in parts if len(part) >= _SHORT and part not in _COMMON}


_COMMON = frozenset({"mailto", "mailtos", "json", "jsons", "http", "https", "localhost", "slack", "tgram", "smtp",
                     "mode", "from", "name", "user", "starttls", "insecure", "format", "text", "html"})


def load_secrets(rules: AlertRules, environment: Mapping[str, str] | None = None) -> Secrets:
    """The variables of the environment, and those of the secrets file (`NAME=value` lines) where one is named."""
    found: dict[str, str] = {}
    if rules.secrets is not None:
        path = Path(rules.secrets)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise ConfigError(path, f"the secrets file cannot be read: {reason}", key="secrets") from None
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                name, equals, value = line.partition("=")
                if not equals or not re.fullmatch(r"\s*MARSAD_ALERT_[A-Z0-9_]+\s*", name):
                    raise ConfigError(path, "expected MARSAD_ALERT_NAME=value", line=number)
                found[name.strip()] = value.strip().strip("\"'")
    for name, value in (os.environ if environment is None else environment).items():
        if name.startswith("MARSAD_ALERT_"):
            found[name] = value
    return Secrets(found)


def missing(address: str, secrets: Secrets) -> list[str]:
    """The variables of an address that have no value."""
    return [name for name in references(address) if not secrets.values.get(name)]


def send(address: str, message: Message, secrets: Secrets) -> None:
    """Hand `message` over, or raise SendError. `address` still has its references."""
    unset = missing(address, secrets)
    if unset:
        raise SendError(f"{', '.join(unset)} is not set; put the address into the environment or the secrets file")
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - a third of a second that only senders pay

    asset = AppriseAsset(app_id="marsad", app_desc="marsad", app_url="", async_mode=False, secure_logging=True)
    heard = _Heard()
    log = logging.getLogger("apprise")
    before = log.propagate
    log.addHandler(heard)
    log.propagate = False  # Apprise names hosts and addresses in its log
    try:
        service = Apprise.instantiate(fill(address, secrets.values), asset=asset, suppress_exceptions=True)
        if service is None:
            raise SendError("its address is none that Apprise understands", final=True)
        if getattr(service, "smtp_host", None) and hasattr(service, "from_addr"):
            _mail(service, message)
        elif not _other(service, message, asset):
            raise SendError(secrets.mask(one_line(heard.last or "the service took no message"))[:300])
    except SendError:
        raise
    except Exception as error:  # whatever a service's plugin raises: one message failed, the others go on
        raise SendError(secrets.mask(f"{type(error).__name__}: {one_line(error)}")[:300]) from None
    finally:
        log.removeHandler(heard)
        log.propagate = before


class _Heard(logging.Handler):
    """The last thing that Apprise complained of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


def _other(service: Any, message: Message, asset: Any) -> bool:
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415

    extras = getattr(service, "payload_extras", None)
    if isinstance(extras, dict):
        extras.update({"id": message.id, "events": list(message.events), "language": message.language,
                       "html": message.html})
    service.request_rate_per_sec = 0.0  # one message a call: nothing to slow down
    sender = Apprise(asset=asset)
    sender.add(service)
    return bool(sender.notify(title=message.subject, body=message.text, body_format=NotifyFormat.TEXT))


def _mail(service: Any, message: Message) -> None:
    """Text and HTML as one mail with the message's own id, one mail a receiver."""
    mode = str(getattr(service.secure_mode, "value", service.secure_mode))
    port = service.port or _SMTP_PORTS.get(mode, 25)
    context = ssl.create_default_context()
    if not service.verify_certificate:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    client = (smtplib.SMTP_SSL(service.smtp_host, port, timeout=_SECONDS, context=context) if mode == "ssl"
              else smtplib.SMTP(service.smtp_host, port, timeout=_SECONDS))
    with client as smtp:
        if mode == "starttls":
            smtp.starttls(context=context)
        if service.user and service.password:
            smtp.login(service.user, service.password)
        for name, address in service.targets:
            copies = (set(service.cc) - set(service.bcc)) - {address}
            blind = set(service.bcc) - {address}
            mail = make_mail(message, service.from_addr, (name, address))
            if copies:
                mail["Cc"] = ", ".join(sorted(copies))
            if service.reply_to:
                mail["Reply-To"] = ", ".join(sorted(service.reply_to))
            smtp.send_message(mail, service.from_addr[1], [address, *sorted(copies), *sorted(blind)])


def make_mail(message: Message, sender: tuple[Any, str], receiver: tuple[Any, str]) -> EmailMessage:
    """The mail: text and HTML, the id of the message as Message-ID, marked as sent by a machine."""
    mail = EmailMessage()
    mail["Subject"] = message.subject
    mail["From"] = formataddr((str(sender[0] or "marsad"), sender[1]), "utf-8")
    mail["To"] = formataddr((str(receiver[0] or ""), receiver[1]), "utf-8")
    mail["Message-ID"] = f"<{message.id}@{sender[1].rpartition('@')[2] or 'marsad.invalid'}>"
    mail["Date"] = formatdate(localtime=False)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Marsad-Events"] = " ".join(message.events[:20])
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    mail["Content-Language"] = message.language  # set earlier, it would move into the first part
    return mail
