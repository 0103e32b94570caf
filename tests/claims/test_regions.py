"""Regions, states and provinces by the names that the news gives them: each belongs to its country."""

from __future__ import annotations

import pytest

from crawler.claims.directory import key_of
from crawler.claims.lexicon import load_gazetteer
from crawler.configuration.locate import PACKAGED, ConfigFolder

KNOWN = [
    ("MA", "Tanger-Tétouan-Al Hoceïma, L'Oriental, Fès-Meknès, Rabat-Salé-Kénitra, Béni Mellal-Khénifra, Casablanca-Settat"),
    ("MA", "Marrakech-Safi, Drâa-Tafilalet, Souss-Massa, Guelmim-Oued Noun, Laâyoune-Sakia El Hamra, Dakhla-Oued Eddahab"),
    ("MA", "طنجة تطوان الحسيمة, جهة الشرق, فاس مكناس, الرباط سلا القنيطرة, بني ملال خنيفرة, الدار البيضاء سطات, مراكش آسفي"),
    ("MA", "درعة تافيلالت, سوس ماسة, كلميم واد نون, العيون الساقية الحمراء, الداخلة وادي الذهب"),
    ("DZ", "Béjaïa, Tizi Ouzou, Bordj Bou Arréridj, Tamanrasset, ورقلة, تيزي وزو, برج بوعريريج"),
    ("TN", "Ariana, Kébili, Zaghouan, أريانة, سيدي بوزيد, تطاوين"),
    ("EG", "Dakahlia, Qalyubia, New Valley, الدقهلية, القليوبية, شمال سيناء"),
    ("SA", "Eastern Province (Saudi Arabia), Qassim, Aseer, المنطقة الشرقية, القصيم, منطقة عسير"),
    ("AE", "Umm Al Quwain, Fujairah, Al Dhafra, الشارقة, الظفرة"),
    ("OM", "Dhofar, Musandam, ظفار, الباطنة"),
    ("FR", "Bretagne, Normandy, Hauts-de-France, PACA, Grand Est, نورماندي"),
    ("ES", "Cataluña, Catalonia, Catalogne, Euskadi, Castilla y León, Canary Islands, كتالونيا"),
    ("DE", "Bavaria, Hessen, North Rhine-Westphalia, Rhénanie-Palatinat, Sajonia, بافاريا"),
    ("US", "Texas, Virginie, Carolina del Norte, Pennsylvanie, Ohio, تكساس, فرجينيا, نورث كارولينا"),
    ("IN", "Maharashtra, Orissa, West Bengal, Telangana, غوجارات, أوتار براديش"),
    ("BR", "Ceará, Rio Grande do Sul, Minas Gerais, Bahia"), ("MX", "Nuevo León, Edomex, Michoacán, Coahuila"),
    ("CA", "Colombie-Britannique, Nova Scotia, Montérégie, Saskatchewan"), ("AR", "Patagonia, Neuquén, Tucumán"),
    ("BE", "Wallonie, Flanders, Hainaut"), ("SE", "Norrbotten, Skåne"), ("CN", "Inner Mongolia, Guizhou, Ningxia"),
]


@pytest.mark.parametrize(("country", "names"), KNOWN)
def test_regions_by_their_usual_names(country: str, names: str) -> None:
    gazetteer = load_gazetteer(ConfigFolder(PACKAGED))
    lands = {name: next((p.country for p in gazetteer.get(key_of(name)) or ()), None) for name in names.split(", ")}
    assert lands == dict.fromkeys(lands, country)
