"""Which currency a sign, a code or a word names: tables of ISO 4217 codes."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CODES", "LETTERS", "MINOR", "WORDS", "by_code", "by_country", "by_sign", "by_word"]

_DOLLARS = {
    "US": "USD", "USD": "USD", "A": "AUD", "AU": "AUD", "AUD": "AUD", "AUS": "AUD", "C": "CAD", "CA": "CAD", "CAD": "CAD",
    "CDN": "CAD", "CAN": "CAD", "HK": "HKD", "HKD": "HKD", "NZ": "NZD", "NZD": "NZD", "S": "SGD", "SG": "SGD", "NT": "TWD",
    "R": "BRL", "RD": "DOP", "MX": "MXN", "Mex": "MXN", "Bds": "BBD", "TT": "TTD", "EC": "XCD", "J": "JMD", "Z": "ZWL", "B": "BND",
    "N": "NAD",
}  # fmt: skip
_SIGNS = {
    "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₦": "NGN", "₩": "KRW", "₱": "PHP", "₫": "VND", "₪": "ILS",
    "₺": "TRY", "₽": "RUB", "฿": "THB", "₴": "UAH", "₵": "GHS", "৳": "BDT",
}  # fmt: skip

_WHOLE = {"£E": "EGP", "E£": "EGP", "CN¥": "CNY", "GH¢": "GHS"}
"""Signs that mean something else with the letters beside them."""

CODES = words(
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR ISK JOD JPY KES KRW KWD KZT "
    "LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD VND XAF XOF "
    "ZAR ZMW DEM FRF ITL NLG"
)
"""Codes that newspapers print before or after a figure."""

_LOWER = words("USD EUR GBP JPY CNY AUD CHF")
"""Codes that are no English words in small letters."""

LETTERS = {
    "Rs": "INR", "Re": "INR", "RMB": "CNY", "RM": "MYR", "R": "ZAR", "N": "NGN", "kr": "SEK", "Kr": "SEK", "Rp": "IDR", "Ksh": "KES",
    "KSh": "KES", "KES": "KES", "Sfr": "CHF", "SFr": "CHF", "Fr": "CHF", "Tk": "BDT", "Dh": "AED", "Dhs": "AED", "SR": "SAR",
    "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "DM": "DEM", "QR": "QAR", "Sh": "KES", "USh": "UGX", "TSh": "TZS",
    "Bt": "THB", "SKr": "SEK", "Skr": "SEK", "DKr": "DKK", "Dkr": "DKK", "NKr": "NOK", "Nkr": "NOK", "NIS": "ILS", "TL": "TRY",
    "KD": "KWD", "BD": "BHD", "Rbs": "RUB", "W": "KRW", "P": "PHP", "Php": "PHP",
}  # fmt: skip
"""Abbreviations, case kept, that stand before a figure (a few after it)."""

WORDS = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "quid": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "rupee": "INR", "rupiah": "IDR", "ringgit": "MYR", "won": "KRW", "franc": "CHF", "krona": "SEK",
    "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "crown": "SEK", "koruna": "CZK", "zloty": "PLN", "zlotys": "PLN", "złoty": "PLN",
    "forint": "HUF", "ruble": "RUB", "rouble": "RUB", "lira": "TRY", "shekel": "ILS", "dirham": "AED", "riyal": "SAR", "rial": "IRR",
    "rand": "ZAR", "naira": "NGN", "cedi": "GHS", "shilling": "KES", "peso": "MXN", "reais": "BRL", "baht": "THB",
    "dong": "VND", "taka": "BDT", "hryvnia": "UAH", "leu": "RON", "lei": "RON", "lev": "BGN", "leva": "BGN", "dinar": "KWD",
    "guilder": "NLG", "deutschmark": "DEM", "tenge": "KZT", "birr": "ETB", "kwacha": "ZMW",
}  # fmt: skip
"""Singular currency words and what they mean in a text about no country."""

_CROWNS = ("SEK", "NOK", "DKK", "ISK", "CZK")
_SHARED = {
    "crown": _CROWNS, "krone": ("NOK", "DKK"), "kroner": ("NOK", "DKK"), "krona": ("SEK", "ISK"),
    "peso": ("MXN", "PHP", "ARS", "CLP", "COP", "UYU", "DOP", "CUP"), "rupee": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "dirham": ("AED", "MAD"), "dinar": ("KWD", "JOD", "BHD", "IQD", "DZD", "TND", "RSD"), "riyal": ("SAR", "QAR"),
    "rial": ("IRR", "OMR"), "shilling": ("KES", "UGX", "TZS"),
}  # fmt: skip
"""Words for the money of several countries."""

MINOR = {"cent": ("USD", Decimal("0.01")), "pence": ("GBP", Decimal("0.01")), "penny": ("GBP", Decimal("0.01")),
         "paise": ("INR", Decimal("0.01")), "p": ("GBP", Decimal("0.01")), "¢": ("USD", Decimal("0.01"))}  # fmt: skip
"""Small coins: their currency and worth."""

_COUNTRIES = {
    "us": "USD", "american": "USD", "u.s": "USD", "australian": "AUD", "aussie": "AUD", "canadian": "CAD", "zealand": "NZD",
    "kong": "HKD", "singapore": "SGD", "singaporean": "SGD", "taiwan": "TWD", "taiwanese": "TWD", "british": "GBP", "uk": "GBP",
    "egyptian": "EGP", "sudanese": "SDG", "lebanese": "LBP", "irish": "IEP", "swiss": "CHF", "french": "FRF", "belgian": "BEF",
    "cfa": "XOF", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "icelandic": "ISK", "czech": "CZK", "slovak": "SKK",
    "mexican": "MXN", "philippine": "PHP", "argentine": "ARS", "argentinian": "ARS", "chilean": "CLP", "colombian": "COP",
    "uruguayan": "UYU", "dominican": "DOP", "cuban": "CUP", "indian": "INR", "pakistani": "PKR", "lankan": "LKR",
    "nepalese": "NPR", "mauritian": "MUR", "chinese": "CNY", "japanese": "JPY", "korean": "KRW", "russian": "RUB", "turkish": "TRY",
    "italian": "ITL", "saudi": "SAR", "qatari": "QAR", "omani": "OMR", "iranian": "IRR", "emirati": "AED", "uae": "AED",
    "moroccan": "MAD", "kuwaiti": "KWD", "jordanian": "JOD", "bahraini": "BHD", "iraqi": "IQD", "algerian": "DZD", "tunisian": "TND",
    "serbian": "RSD", "kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS", "brazilian": "BRL", "polish": "PLN", "hungarian": "HUF",
    "malaysian": "MYR", "thai": "THB", "israeli": "ILS", "nigerian": "NGN", "ghanaian": "GHS", "african": "ZAR", "romanian": "RON",
    "bulgarian": "BGN", "dutch": "NLG", "ukrainian": "UAH", "vietnamese": "VND", "indonesian": "IDR", "jamaican": "JMD",
    "namibian": "NAD", "fijian": "FJD", "zimbabwean": "ZWL", "zimbabwe": "ZWL", "bangladeshi": "BDT",
    "sweden": "SEK", "norway": "NOK", "denmark": "DKK", "iceland": "ISK", "mexico": "MXN", "philippines": "PHP", "filipino": "PHP",
    "argentina": "ARS", "chile": "CLP", "colombia": "COP", "uruguay": "UYU", "india": "INR", "pakistan": "PKR", "nepal": "NPR",
    "mauritius": "MUR", "switzerland": "CHF", "emirates": "AED", "morocco": "MAD", "kuwait": "KWD", "jordan": "JOD", "bahrain": "BHD",
    "iraq": "IQD", "algeria": "DZD", "tunisia": "TND", "serbia": "RSD", "qatar": "QAR", "iran": "IRR", "oman": "OMR", "kenya": "KES",
    "uganda": "UGX", "tanzania": "TZS",
}  # fmt: skip


def by_code(text: str) -> tuple[str, int] | None:
    """The code that stands after a figure, and the power of ten in it: "USD", "usd", "MEUR".

    >>> by_code("usd"), by_code("MEUR"), by_code("Rs"), by_code("try")
    (('USD', 0), ('EUR', 6), ('INR', 0), None)
    """
    if text in CODES:
        return text, 0
    if text in LETTERS and len(text) > 1:
        return LETTERS[text], 0
    if text.upper() in _LOWER:
        return text.upper(), 0
    return (text[1:], 6) if text[:1] == "M" and text[1:] in _LOWER else None


def by_sign(sign: str) -> str | None:
    """The code of a sign with or without letters before it.

    >>> by_sign("$"), by_sign("HK$"), by_sign("£E"), by_sign("CN¥")
    ('USD', 'HKD', 'EGP', 'CNY')
    """
    if sign in _WHOLE:
        return _WHOLE[sign]
    core = sign.rstrip("E")[-1]
    if core == "$":
        return _DOLLARS.get(sign[:-1], "USD")
    return _SIGNS.get(core)


def by_country(name: str) -> str | None:
    """The code of a country's currency by its adjective, or its name, in lower case: for "Swedish crowns"."""
    return _COUNTRIES.get(name)


def by_word(word: str, text: Iterable[str]) -> str:
    """The code of a currency word with no country beside it: of the countries that share it, the one a text names most, in lower case.

    >>> by_word("crown", ["danish", "drugmaker"]), by_word("crown", []), by_word("yen", ["danish"])
    ('DKK', 'SEK', 'JPY')
    """
    if word not in _SHARED:
        return WORDS[word]
    named = Counter(code for name in text if (code := by_country(name)) in _SHARED[word])
    return max(named, key=lambda code: (named[code], code == WORDS[word])) if named else WORDS[word]
