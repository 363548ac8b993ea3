"""Repair single characters: invisible ones, odd spaces, joined letters, slide bullets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ingest.edits import Repaired, rewrite

_DOUBLE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2(?:\u20ac|\u0080)."
)
_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile(r"\u00ad(?:[ \t]*\n[ \t]*(?=\w))?")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]+"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_ACCENT = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_JOINED = re.compile("[ﬀ-ﬆ]")
_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_TAB = re.compile(r"(?<=\S)(?= *\t)[ \t]++(?=\S)")
_BLANK = re.compile(r"(?<=\S)[ \t](?=\S)")
_EXTRA = re.compile(r"(?<=\S) {2,}(?=\S)")
_TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.M)
_SLIDE_BULLET = re.compile(r"^[ \t]*§[ \t]+(?=[^\W\d_]|[«\"“(])", re.M)
_SYMBOL_BULLET = re.compile("^[ \t]*[\uf000-\uf0ff][ \t]*(?=\\S)", re.M)


def double_encoding(text: str) -> Repaired:
    """Read letters that were saved as UTF-8 and opened as Windows-1252.

    >>> double_encoding("Ã¥ melde fÃ¸rst, jf. Â§ 33").text
    'å melde først, jf. § 33'
    """

    def edits() -> Iterator[tuple[int, int, str, str]]:
        for m in _DOUBLE.finditer(text):
            read = _as_utf8(m[0])
            if read is not None:
                yield m.start(), m.end(), read, "tegnet er kodet to ganger"

    return rewrite(text, "double-encoding", edits())


def _as_utf8(text: str) -> str | None:
    try:
        return b"".join(char.encode("latin-1" if char <= "\xff" else "cp1252") for char in text).decode("utf-8")
    except UnicodeError:
        return None


def line_ends(text: str) -> Repaired:
    r"""Write every kind of line end as one newline.

    >>> line_ends("a\r\nb\u2028c").text
    'a\nb\nc'
    """
    return rewrite(text, "line-end", _each(_LINE_END, text, "\n", "linjeskiftet er skrevet på en annen måte"))


def soft_hyphens(text: str) -> Repaired:
    r"""Drop soft hyphens, and the line break a soft hyphen stands at.

    >>> soft_hyphens("barne\u00advern\u00ad\ntjenesten").text
    'barneverntjenesten'
    """
    return rewrite(text, "soft-hyphen", _each(_SOFT_HYPHEN, text, "", "myk bindestrek; den er ikke en del av ordet"))


def invisible(text: str) -> Repaired:
    r"""Drop characters that cannot be seen.

    >>> invisible("plikt\u200b\ufeff til").text
    'plikt til'
    """
    return rewrite(
        text,
        "invisible-character",
        [
            (m.start(), m.end(), "", "skjult tekst i usynlige tegn" if _TAGS.search(m[0]) else "usynlig tegn")
            for m in _INVISIBLE.finditer(text)
        ],
    )


def accents(text: str) -> Repaired:
    r"""Write a letter and its loose accent as one letter.

    >>> accents("ba\u030ade").text
    'både'
    """
    found = ((m.start(), m.end(), unicodedata.normalize("NFC", m[0])) for m in _ACCENT.finditer(text))
    return rewrite(text, "loose-accent", ((a, b, new, "bokstav og aksent sto hver for seg") for a, b, new in found))


def joined_letters(text: str) -> Repaired:
    """Write Unicode's joined letters as the letters they join.

    >>> joined_letters("oﬀentlig ﬁnnes").text
    'offentlig finnes'
    """
    found = ((m.start(), m.end(), unicodedata.normalize("NFKC", m[0])) for m in _JOINED.finditer(text))
    return rewrite(text, "joined-letters", ((a, b, new, f"tegnet er «{new}» i ett") for a, b, new in found))


def odd_spaces(text: str) -> Repaired:
    r"""Write hard, thin and other special spaces as ordinary ones, so that «§ 33» is found however it is set.

    >>> odd_spaces("§\u00a033").text
    '§ 33'
    """
    found = ((m.start(), m.end(), " " * len(m[0])) for m in _SPACE.finditer(text))
    return rewrite(text, "odd-space", ((a, b, new, "særskilt mellomrom") for a, b, new in found))


def tabs(text: str) -> Repaired:
    r"""Write tabs as spaces in a text that uses them between words; in others they may part columns.

    >>> tabs("Det\ter\tplikt\ttil\tå\tmelde").text
    'Det er plikt til å melde'
    >>> tabs("Navn på tjenesten\tTelefon til tjenesten").text
    'Navn på tjenesten\tTelefon til tjenesten'
    """
    found = list(_TAB.finditer(text))
    if len(found) < 3 or len(found) < sum(1 for m in _BLANK.finditer(text) if m[0] == " "):
        return Repaired(text=text)
    return rewrite(text, "tab-between-words", ((m.start(), m.end(), " ", "tabulator mellom ord") for m in found))


def slide_bullets(text: str) -> Repaired:
    """Write a slide's bullet that came out as a section sign, or as a character of a symbol font, as a list item.

    Word's and PowerPoint's square bullet is the section sign's place in another font. It is told from a section by
    what follows: a section has a number. One such line alone proves nothing.

    >>> slide_bullets("§ Barn med tiltak\\n§ Felles mål").text
    '- Barn med tiltak\\n- Felles mål'
    >>> slide_bullets("§ 33. Opplysningsplikt\\n§ Barn").text
    '§ 33. Opplysningsplikt\\n§ Barn'
    """
    found = list(_SLIDE_BULLET.finditer(text))
    whys = [(m, "kulepunkt i en lysbildefont, ikke paragraftegn") for m in found] if len(found) > 1 else []
    whys += [(m, "kulepunkt i en symbolfont") for m in _SYMBOL_BULLET.finditer(text)]
    whys.sort(key=lambda each: each[0].start())
    return rewrite(text, "slide-bullet", ((m.start(), m.end(), "- ", why) for m, why in whys))


def blanks(text: str) -> Repaired:
    r"""Write runs of spaces as one, and drop those at a line's end; the indent of a line stays.

    >>> blanks("  - ett   ord \nto").text
    '  - ett ord\nto'
    """
    trimmed = rewrite(text, "trailing-space", _each(_TRAILING, text, "", "mellomrom på slutten av linjen"))
    return trimmed.then(lambda now: rewrite(now, "extra-space", _each(_EXTRA, now, " ", "flere mellomrom på rad")))


def _each(pattern: re.Pattern[str], text: str, after: str, why: str) -> list[tuple[int, int, str, str]]:
    return [(m.start(), m.end(), after, why) for m in pattern.finditer(text)]
