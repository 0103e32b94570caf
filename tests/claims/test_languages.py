"""Figures and places in the languages that claims are read in only as far as figures and names go."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read

SENTENCES = [
    ("pt", "A Atlas Dados vai construir um centro de dados de 40 MW em Évora, em Portugal, por 300 milhões de euros.",
     40, 3e8, "EUR", "PT", "Évora"),
    ("pt", "O data center de Fortaleza, no Brasil, terá 120 megawatts e receberá R$ 2,5 bilhões.",
     120, 2.5e9, "BRL", "BR", "Fortaleza"),
    ("pt", "Com 60 MW na primeira fase e 180 MW no total, o data center de Sines custará 900 milhões de euros.",
     180, 9e8, "EUR", "PT", "Sines"),
    ("pt", "O centro de dados, de 12,5 MW, ficará em Campinas, Brasil; o investimento soma R$ 480 milhões.",
     12.5, 4.8e8, "BRL", "BR", "Campinas"),
    ("pt", "Em Maputo, Moçambique, será erguido um data center de 8 MW orçado em 45 milhões de dólares.",
     8, 4.5e7, "USD", "MZ", "Maputo"),
    ("de", "Der Betreiber baut in Hanau, Deutschland, ein Rechenzentrum mit 54 Megawatt für 700 Millionen Euro.",
     54, 7e8, "EUR", "DE", "Hanau"),
    ("de", "In Wien, Österreich, entsteht ein Rechenzentrum mit einer Leistung von 30 MW; investiert werden 250 Mio. Euro.",
     30, 2.5e8, "EUR", "AT", "Wien"),
    ("de", "Das Rechenzentrum in Frankfurt soll zunächst 20 MW, im Endausbau 100 MW haben und 1,2 Milliarden Euro kosten.",
     100, 1.2e9, "EUR", "DE", "Frankfurt"),
    ("de", "Rund 2,5 Mrd. Euro fließen in das Rechenzentrum mit 174 MW in Groß-Gerau, Deutschland.",
     174, 2.5e9, "EUR", "DE", "Groß-Gerau"),
    ("de", "Ein Rechenzentrum mit 16 MW wird in Winterthur, Schweiz, für 180 Millionen Franken gebaut.",
     16, 1.8e8, "CHF", "CH", "Winterthur"),
    ("it", "Il data center da 40 megawatt sorgerà a Bari, in Italia, con un investimento di 350 milioni di euro.",
     40, 3.5e8, "EUR", "IT", "Bari"),
    ("it", "A Settimo Milanese, in Italia, nascerà un centro dati da 64 MW: costerà 600 milioni di euro.",
     64, 6e8, "EUR", "IT", "Settimo Milanese"),
    ("it", "Il campus di data center di Roma, in Italia, avrà 16 MW in una prima fase e 100 MW in totale; spesa 1,1 miliardi di euro.",
     100, 1.1e9, "EUR", "IT", "Roma"),
    ("it", "Investimento di 90 milioni di euro per il data center di Cagliari, in Italia, che avrà 12 MW.",
     12, 9e7, "EUR", "IT", "Cagliari"),
    ("it", "La società costruirà a Lugano, in Svizzera, un data center da 8 MW per 70 milioni di franchi.",
     8, 7e7, "CHF", "CH", "Lugano"),
    ("nl", "Het datacenter van 60 MW komt in Almere, Nederland, en kost 450 miljoen euro.",
     60, 4.5e8, "EUR", "NL", "Almere"),
    ("nl", "In Zeewolde, Nederland, wordt een datacenter van 166 megawatt gebouwd voor 1 miljard euro.",
     166, 1e9, "EUR", "NL", "Zeewolde"),
    ("nl", "Het bedrijf bouwt in Gent, België, een datacenter met een vermogen van 24 MW, een investering van 200 miljoen euro.",
     24, 2e8, "EUR", "BE", "Gent"),
    ("nl", "Het datacenter in Groningen, Nederland, krijgt eerst 10 MW en uiteindelijk 40 MW; er is 320 miljoen euro mee gemoeid.",
     40, 3.2e8, "EUR", "NL", "Groningen"),
    ("nl", "Voor 85 miljoen euro verrijst in Delft, Nederland, een datacenter van 9 MW.",
     9, 8.5e7, "EUR", "NL", "Delft"),
]


@pytest.mark.parametrize(("language", "text", "megawatts", "amount", "currency", "country", "city"), SENTENCES)
def test_capacity_money_and_place(read: Read, language: str, text: str, megawatts: float, amount: float, currency: str,
                                  country: str, city: str) -> None:
    claims = read(text, language=language).claims
    assert [c.value_number for c in claims if c.kind == "capacity" and c.stage == "total"] == [megawatts]
    assert [(c.value_number, c.unit) for c in claims if c.kind == "investment"] == [(amount, currency)]
    assert [c.value_text for c in claims if c.kind == "country"] == [country]
    assert [c.value_printed for c in claims if c.kind == "city"] == [city]
