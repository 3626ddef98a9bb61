"""What operators may read of an error: nobody's address, number, password or link.

The only place that masks: letters, waiting rows, jobs and reasons all go through `masked`, whoever
shows them then (pages, API, command line). Ids (UUIDs), names of the code, codes of other systems
and amounts stay: they are what an error is understood by.
"""

import re

LONGEST = 500
READ = 2000
"""More than this of an error is never kept; nobody needs the patterns to run over more."""

# Letters in which tokens are written, and the words (CamelCase, snake_case) that are none.
TOKEN = re.compile(r"(?<![\w+/=-])[\w+/=-]{20,}(?![\w+/=-])", re.ASCII)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HEX = re.compile(r"(?=[a-f]*\d)[0-9a-f]{20,}", re.IGNORECASE)
WORDS = re.compile(r"(?:[A-Z]{0,6}[a-z]{2,}\d?[_/+=-]*)+|[a-z0-9_/+=-]+|[A-Z0-9_-]+")
MANY_DIGITS = re.compile(r"(?:[a-z_-]*\d){4}[a-z0-9_/+=-]*")

HIDDEN = (
    r"(?:pass(?:code|word|wd|phrase)|pwd|secret|token|api[_-]?key|(?:private|access)[_-]?key"
    r"|authorization|cookie|csrf|credentials?|otp|pin|cvc|iban)"
)
STREET = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Place|Square|Court|Terrace"
)
GERMAN_STREET = "straße|strasse|str\\.|weg|platz|allee|gasse|damm|ufer"
FRENCH_STREET = "rue|avenue|boulevard|place|allée|chemin|quai|impasse|cours|via|viale|piazza|calle"

RULES = (
    # A link's address opens it, and what follows the question mark may open anything.
    (
        r"/(l|shop|signin|cart|checkout|claims|invitations|verifications|resets)/[\w~-]{6,}",
        r"/\1/…",
    ),
    (r"(?<=[\w/])[?#][\w.%~\[\]-]+=[^\s\"'<>)]*", "?…"),
    (r"://[^\s/@\"'<>]+@", "://…@"),
    (r"(?i)\b(bearer|basic)\s+[\w+/=.~-]{6,}", r"\1 …"),
    # Whose secret it is stays, the secret goes: passcode=…, 'token': '…', Bearer …
    (
        rf"(?i)(\b\w{{0,30}}{HIDDEN}[\"'\]]*\s*(?:[=:]+|\bis\b)\s*[\"'«“]?)(?!…)[^\s\"'»”,;)}}]+",
        r"\1…",
    ),
    (rf"(?i)(\b\w{{0,30}}{HIDDEN}\s+)(?:[\"'«“][^\"'»”]*[\"'»”]|[^\s\"']*\d[^\s\"']*)", r"\1…"),
    (r"[^\s<>\"'()/:…=,;]{1,120}@[^\s<>\"'(),;]*[^\s<>\"'(),;.:]", "…@…"),
    # Japanese addresses: postal code, prefecture and what follows it.
    (r"〒?(?<![\w-])\d{3}[-‐−ー]\d{4}(?![\w-])", "…"),
    (r"(?:東京都|北海道|京都府|大阪府|[一-龥]{2,3}県)[^\s,、。;\"'|)]+", "…"),
    (r"[一-龥ぁ-んァ-ヶー]{1,10}[市区町村][^\s,、。;\"'|)\d]{0,30}\d[^\s,、。;\"'|)]*", "…"),
    # Streets with their house number, as they are written in English, German and French.
    (rf"\b\d{{1,5}}[A-Za-z]?,? (?:[A-Z][\w.'’-]* ){{1,4}}(?:{STREET})\b\.?", "…"),
    (rf"(?i)\b[\w.'’-]{{1,40}}[ -]?(?:{GERMAN_STREET}) \d{{1,4}}[a-z]?\b", "…"),
    (rf"(?i)\b\d{{1,4}}(?: ?(?:bis|ter))?,? (?:{FRENCH_STREET}) [^,;\n\"']+", "…"),
    (r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", "…"),
    # Cards, then telephones: with the country's code, with the trunk 0, as in North America.
    (r"(?<![\w.-])\d{4}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w-])", "…"),
    (r"(?<![\w.-])\+\d[\d ()./-]{5,}\d(?![\w-])", "…"),
    (r"(?<![\w.:-])\(?0\d{1,4}\)?[ -]?\d{1,4}[ -]\d{3,4}(?![\w-])", "…"),
    (r"(?<![\w.:/-])0\d{9,10}(?![\w-])", "…"),
    (r"(?<![\w.-])\(?\d{3}\)?[ -]\d{3}[ -]\d{4}(?![\w-])", "…"),
)
PATTERNS = tuple((re.compile(pattern), instead) for pattern, instead in RULES)


def masked(error: str | None) -> str:
    """Return the kept error without what it quotes of people and secrets, and not endless."""
    text = (error or "")[:READ]
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    text = TOKEN.sub(_unless_words, text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _unless_words(found: re.Match[str]) -> str:
    """Return a long run of letters and digits as it is when it is an id or made of words."""
    run = found.group()
    if UUID.fullmatch(run):
        return run
    is_secret = HEX.fullmatch(run) or MANY_DIGITS.fullmatch(run) or not WORDS.fullmatch(run)
    return "…" if is_secret else run
