"""The guard at connect time: what a name resolves to is filtered, each time anew."""

from __future__ import annotations

from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address

from crawler.middlewares.resolver import GuardedResolver, take_refusal


class Fake:
    """An inner resolver that gives the next of its prepared answers, and the receiver of what passed."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.got: list[str] = []
        self.completed = 0

    def resolveHostName(self, receiver: Any, name: str, port: int, types: Any, semantics: str) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()

    def resolutionBegan(self, resolution: Any) -> None: ...  # noqa: N802

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.got.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.completed += 1


def resolve(fake: Fake, name: str, port: int = 80, allowed: frozenset[str] = frozenset()) -> list[str]:
    fake.got = []
    GuardedResolver(None, fake, allowed).resolveHostName(fake, name, port)
    return fake.got


def test_private_answers_are_not_dialled_and_told_once() -> None:
    fake = Fake(["10.0.0.1", "::1"])
    assert resolve(fake, "Evil.Example.") == []
    assert fake.completed == 1
    assert take_refusal("evil.example:80") == "::1"
    assert take_refusal("evil.example:80") is None


def test_of_a_mixed_answer_only_the_public_part_is_dialled() -> None:
    assert resolve(Fake(["8.8.8.8", "127.0.0.1"]), "mixed.example") == ["8.8.8.8"]
    assert take_refusal("mixed.example:80") is None


def test_rebinding_finds_no_moment() -> None:
    fake = Fake(*[["8.8.8.8"], ["127.0.0.1"]] * 100)
    answers = [resolve(fake, "rebind.example") for _ in range(200)]
    assert answers == [["8.8.8.8"], []] * 100


def test_what_the_configuration_names_is_free() -> None:
    allowed = frozenset({"desk.example:8080"})
    assert resolve(Fake(["10.0.0.1"]), "desk.example", 8080, allowed) == ["10.0.0.1"]
    assert resolve(Fake(["10.0.0.1"]), "desk.example", 8081, allowed) == []


def test_no_answer_stays_no_answer() -> None:
    assert resolve(Fake([]), "nowhere.example") == []
    assert take_refusal("nowhere.example:80") is None
