"""Mail over STARTTLS with a certificate of its own: trusted it arrives, untrusted neither mail nor password leave."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.alerts.channels import Secrets, SendError, send
from crawler.alerts.message import Message
from tests.alerts.receivers import Mailbox, mail_server

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
PASSWORD = "planted-Pa55word"
MESSAGE = Message("0123abcd", "500 MW", "The text", "<p>The text</p>", "en", ("event-1",))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "marsad")])
    now = datetime.now(timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256()))
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def mailbox(certificate: tuple[Path, Path]) -> Iterator[Mailbox]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with mail_server(context) as found:
        yield found


def hand_over(box: Mailbox, more: str = "") -> None:
    address = f"mailtos://reader:{PASSWORD}@127.0.0.1:{box.port}?from=marsad@example.org&to=me@example.org&mode=starttls"
    send("${MARSAD_ALERT_MAIL}", MESSAGE, Secrets({"MARSAD_ALERT_MAIL": address + more}))


def test_mail_and_password_go_over_tls(mailbox: Mailbox, certificate: tuple[Path, Path],
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    hand_over(mailbox)
    assert [mail["Subject"] for mail in mailbox.mails] == ["500 MW"]
    assert [password for _, password in mailbox.logins] == [PASSWORD.encode()]


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password(mailbox: Mailbox) -> None:
    with pytest.raises(SendError, match=r"(?i)certificate") as error:
        hand_over(mailbox)
    assert (mailbox.mails, mailbox.logins) == ([], [])
    assert PASSWORD not in str(error.value)
    assert not error.value.final


def test_who_says_so_does_without_the_check(mailbox: Mailbox) -> None:
    hand_over(mailbox, "&verify=no")
    assert len(mailbox.mails) == 1
