"""The gate: no claim is shown unless its quote stands in the cited chunk and carries what the claim says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.reply import Citation, Claim, Dropped
from corpus.agreement import modality_agrees, numbers_missing, numerals_missing, sections_missing
from corpus.chunk import Chunk
from corpus.modality import Modality
from corpus.provision import ProvisionRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What a draft claim says it rests on: a chunk and words copied from it."""

    chunk: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence that wants to become a claim. It has no offsets: those come from the match."""

    text: str
    modality: Modality
    support: tuple[Support, ...]
    translation: str = ""
    """The same sentence in the reply's language; shown instead of ``text`` when its numbers are carried too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What passed and what did not, in the order it came."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]


def verify(drafts: Iterable[Draft], chunks: Mapping[str, Chunk], urls: Mapping[str, str]) -> Verified:
    """Turn drafts into claims, or drop them with a reason.

    ``chunks`` are those that were retrieved, by id; ``urls`` are the publishers' addresses by source id,
    for sources that are not law. A quote must occur verbatim, white space folded and nothing else.
    """
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    for draft in drafts:
        outcome = _verify_one(draft, chunks, urls)
        if isinstance(outcome, Claim):
            claims.append(outcome)
        else:
            dropped.append(outcome)
    return Verified(claims=tuple(claims), dropped=tuple(dropped))


def _verify_one(draft: Draft, chunks: Mapping[str, Chunk], urls: Mapping[str, str]) -> Claim | Dropped:
    if not draft.support:
        return Dropped(text=draft.text, reason="no source was given")
    citations: list[Citation] = []
    authored: set[Modality] = set()
    for support in draft.support:
        chunk = chunks.get(support.chunk)
        if chunk is None:
            return Dropped(text=draft.text, reason=f"the source {support.chunk} was not among those found")
        span = find_quote(chunk.text, support.quote)
        if span is None:
            return Dropped(text=draft.text, reason=_why_not_found(support, chunks))
        citation = cite(chunk, *span, url=urls.get(chunk.source, ""))
        citations.append(citation)
        authored |= {s.modality for s in chunk.sentences if s.start < citation.end and s.end > citation.start}
    quotes = [citation.quote for citation in citations]
    missing = numbers_missing(draft.text, quotes)
    if missing:
        return Dropped(
            text=draft.text, reason=f"the quote does not hold the number {', '.join(map(str, sorted(missing)))}"
        )
    named = sections_missing(draft.text, quotes, [citation.provision.section for citation in citations])
    if named:
        return Dropped(text=draft.text, reason=f"the quote does not hold {', '.join(sorted(named))}")
    if not modality_agrees(draft.text, draft.modality, " ".join(quotes), authored):
        said = ", ".join(sorted(authored)) or "nothing"
        return Dropped(text=draft.text, reason=f"says {draft.modality}, the quote says {said}")
    translated = draft.translation and not numerals_missing(draft.translation, quotes)
    text = draft.translation if translated else draft.text
    return Claim(text=text, modality=draft.modality, citations=tuple(citations))


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Find a quote in a text, runs of white space taken as one; return its span in the text as it stands.

    >>> find_quote("Fristen er\\n én uke.", "Fristen er én uke.")
    (0, 19)
    >>> find_quote("Fristen er én uke.", "Fristen er to uker.") is None
    True
    """
    wanted = quote.split()
    if not wanted:
        return None
    exact = text.find(quote)
    if exact >= 0:
        return exact, exact + len(quote)
    at = 0
    while (start := text.find(wanted[0], at)) >= 0:
        end = start
        for word in wanted:
            while end < len(text) and text[end].isspace() and end > start:
                end += 1
            if not text.startswith(word, end):
                break
            end += len(word)
            if word is not wanted[-1] and not (end < len(text) and text[end].isspace()):
                break
        else:
            return start, end
        at = start + 1
    return None


def cite(chunk: Chunk, start: int, end: int, *, url: str = "") -> Citation:
    """Cite ``chunk.text[start:end]``; ledd is that of the sentence the quote begins in."""
    absolute = chunk.start + start
    ledd = next((s.ledd for s in chunk.sentences if s.start <= absolute < s.end), "")
    provision = ProvisionRef(law=chunk.provision.law, section=chunk.provision.section, ledd=ledd)
    return Citation(
        chunk=chunk.id,
        provision=provision,
        source=chunk.source,
        quote=chunk.text[start:end],
        start=absolute,
        end=chunk.start + end,
        url=provision.url or url,
    )


def _why_not_found(support: Support, chunks: Mapping[str, Chunk]) -> str:
    """Name the kind of false quote: taken from another source, put together, or made up."""
    others = [chunk for key, chunk in chunks.items() if key != support.chunk]
    if any(find_quote(chunk.text, support.quote) for chunk in others):
        return "misattributed: the quote stands in another source than the one cited"
    pieces = [piece.strip() for piece in support.quote.replace("…", "...").split("...") if piece.strip()]
    every = [chunk.text for chunk in chunks.values()]
    if len(pieces) > 1 and all(any(find_quote(text, piece) for text in every) for piece in pieces):
        return "stitched: the quote is put together from separate places"
    return "fabricated: the quote stands in no source that was found"
