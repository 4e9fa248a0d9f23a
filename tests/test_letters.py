"""A few rare words are enough to tell a code page: by how their letters stand together."""

from __future__ import annotations

import pytest

from index.encodings import decode

LINES = {
    "cp1252 mac_roman cp850": "Wärmflasche groß; 60 W\nFußsack; 90 W\nHeizkissenbezüge; 15 W\n",
    "cp1252 cp850 mac_roman iso8859-15": "Bouillotte à grès; 3 kg\nOreiller à épeautre; 2 kg\n",
    "cp1250 iso8859-2 cp852": "Poduszka z łuską gryczaną; 2 kg\nTermofor wełniany; 1 kg\n",
    "cp1254": "Kuş tüyü yastığı; 2 kg\nSıcak su torbası; 1 kg\n",
    "cp1251 koi8-u": "Грелка шерстяная; 2 кг\nПодушка гречишная; 1 кг\n",
    "cp1253": "Μαξιλάρι φαγόπυρου; 2 κιλά\n",
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(page, text) for pages, text in LINES.items() for page in pages.split()]
)
def test_a_few_rare_words_tell_the_code_page(encoding: str, text: str) -> None:
    assert decode("stock.csv", text.encode(encoding)) == text


@pytest.mark.parametrize("price", ["Fußsack: 54,50 €", "Dún: 12 € – þvegið", "Grzałka: 80 zł ± 5"])
def test_signs_of_prices_stay_beside_rare_words(price: str) -> None:
    encoding = "cp1250" if "zł" in price else "cp1252"
    assert decode("stock.csv", price.encode(encoding)) == price


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "shift_jis",
            "低出力レーザー治療の費用は三千円です。時間は十分ほどかかります。痛みはほとんどありません。",
        ),
        ("gb18030", "激光治疗的费用是三百元。每次治疗大约需要十分钟。几乎没有疼痛。下次预约在星期一。"),
        ("euc_kr", "레이저 치료 비용은 삼만 원입니다. 시간은 십 분 정도 걸립니다. 통증은 거의 없습니다."),
    ],
)
def test_writing_of_asia_is_still_told(encoding: str, text: str) -> None:
    assert decode("fees.txt", (text + "\n").encode(encoding)) == text + "\n"


BOX = """╔════════════════════════╗
║ GASTHOF ZUM JÄGER      ║
╚════════════════════════╝
Öffnungszeiten: täglich außer montags

┌────────────┬───────────┐
│ Leistung   │ Kinder    │
├────────────┼───────────┤
│ Würstchen  │  4,20 DM  │
└────────────┴───────────┘
"""


@pytest.mark.parametrize("encoding", ["cp850", "cp437"])
def test_boxes_of_dos_are_drawn_and_no_letters(encoding: str) -> None:
    assert decode("a.txt", BOX.encode(encoding)) == BOX
