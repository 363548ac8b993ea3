"""The retrieval chain as a LangChain runnable: guard, understand, retrieve, compose, verify."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.card import CardBase, finish, refusal
from bot.compose.drafts import CardDraft
from bot.compose.passages import from_passages
from bot.compose.situation import from_situation
from bot.confidence import Signals, card_fits, confidence, signals_of
from bot.followup import said_in_full
from bot.guard import MAX_CHARACTERS, Guarded, guard
from bot.inforce import question_notices
from bot.question import Ask
from bot.reply import Reply, Status, Trace
from bot.retrieve import NearCard, Ranking, Retriever
from bot.texts import say
from bot.understand import Understanding, Understood
from corpus.chunk import Chunk
from corpus.crosswalk import Crosswalk
from corpus.embed import Embedder
from corpus.language import detect_language
from corpus.reference import Reference

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known so far; a step that settles the matter sets ``reply`` and the later ones pass it on."""

    ask: Ask
    guarded: Guarded | None = None
    understood: Understood | None = None
    in_full: str = ""
    ranking: Ranking | None = None
    signals: Signals | None = None
    notices: tuple[str, ...] = ()
    draft: CardDraft | None = None
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The five steps, each a function from state to state, sharing what was opened once."""

    base: CardBase
    understanding: Understanding
    retriever: Retriever
    embedder: Embedder
    crosswalk: Crosswalk
    without: frozenset[str] = frozenset()

    def guard(self, state: State) -> State:
        """Settle what must not be searched: personal data, an empty or an endless question."""
        guarded = guard(state.ask.question)
        language = state.ask.language or detect_language(guarded.anonymised)
        state = replace(state, guarded=guarded)
        question = state.ask.question

        def settled(status: Status, message: str, anonymised: str = "") -> State:
            return replace(
                state,
                reply=refusal(
                    self.base, status, language, trace=Trace(language=language), message=message, anonymised=anonymised,
                    notices=(say("acute", language),) if guarded.acute else (),
                ),
            )  # fmt: skip

        if guarded.blocked:
            return settled(Status.PERSONAL_DATA, say("personal_data", language), guarded.anonymised)
        if not any(char.isalnum() for char in question):
            return settled(Status.NEEDS_MORE, say("empty", language))
        if guarded.too_long:
            message = say("too_long", language, count=len(question), limit=MAX_CHARACTERS)
            return settled(Status.NEEDS_MORE, message)
        if guarded.found:
            kinds = ", ".join(dict.fromkeys(found.kind for found in guarded.found))
            return replace(state, notices=(say("personal_hint", language, kinds=kinds),))
        return state

    def understand(self, state: State) -> State:
        """Read the question, and lead old section numbers to those that hold the rule now."""
        assert state.guarded is not None
        now = state.guarded.anonymised
        before = [guard(question).anonymised for question in state.ask.before]
        in_full = said_in_full(now, before, self.understanding.finder)
        language = state.ask.language or detect_language(now)
        understood = self.understanding.read(replace(state.ask, question=in_full, language=language))
        notices = question_notices(
            understood.references, understood.acts, crosswalk=self.crosswalk, laws=self.base.knowledge.laws,
            provisions=self.base.provisions, language=understood.language,
        )  # fmt: skip
        former = tuple(
            say("former", understood.language, old=match.words, new=match.concept.term)
            for match in understood.concepts
            if match.words.lower() in match.concept.former
        )
        kept = in_full if in_full != now else ""
        led = _led(understood, self.crosswalk)
        return replace(state, understood=led, in_full=kept, notices=(*state.notices, *notices, *former))

    def retrieve(self, state: State) -> State:
        """Rank passages and situation cards."""
        assert state.understood is not None
        ranking = self.retriever.rank(state.understood, without=self.without)
        return replace(state, ranking=ranking, signals=signals_of(ranking, state.understood.topics))

    def compose(self, state: State) -> State:
        """Draft a card, or settle that the sources do not hold the answer."""
        assert state.understood is not None
        assert state.ranking is not None
        assert state.signals is not None
        unknown_sections = self._unknown(state.understood)
        if unknown_sections and not state.signals.exact:
            names = ", ".join(unknown_sections)
            message = say("unknown_section", state.understood.language, names=names)
            return replace(
                state,
                reply=refusal(
                    self.base, Status.NOT_IN_SOURCES, state.understood.language, hits=state.ranking.hits,
                    notices=state.notices, trace=self._trace(state), message=message,
                ),
            )  # fmt: skip
        sure = self._sure(state)
        acute = state.guarded is not None and state.guarded.acute
        outside = () if state.signals.exact else state.understood.outside
        if outside or not state.ranking.hits or sure < self.base.thresholds.refuse:
            unknown = state.ranking.known_share < 0.5 and not state.understood.topics
            status = Status.OUT_OF_SCOPE if outside or unknown else Status.NOT_IN_SOURCES
            language = state.understood.language
            reply = refusal(
                self.base,
                Status.ACUTE if acute else status,
                language,
                hits=state.ranking.hits,
                notices=(say("acute", language), *state.notices) if acute else state.notices,
                trace=self._trace(state),
                ask=tuple(kind.ask for kind in outside),
                message=say("outside", language, what=outside[0].what) if outside else say(status.value, language),
            )
            return replace(state, reply=reply)
        thin = state.understood.thin
        nearest = None if thin else self._fitting_card(state.ranking, state.signals)
        if nearest is not None:
            draft = from_situation(nearest.situation, self.retriever.of_provision, state.understood.language)
        else:
            draft = from_passages(state.understood, state.ranking.hits, self.embedder, idle=self.base.idle)
            if thin:
                draft = replace(draft, missing=(say("tell_more", state.understood.language),))
        return replace(state, draft=draft)

    def _fitting_card(self, ranking: Ranking, signals: Signals) -> NearCard | None:
        """The nearest card when it is likely the one; a section named by its number is answered by itself."""
        if not ranking.cards or signals.exact:
            return None
        fits = card_fits(signals, self.retriever.weights.fit) >= self.base.thresholds.card
        return ranking.cards[0] if fits else None

    def _unknown(self, understood: Understood) -> tuple[str, ...]:
        """The sections the question names with their act, when none of them is held."""
        named = [ref.provision.whole for ref in understood.references if ref.provision is not None]
        if any(self.retriever.of_provision(ref) for ref in named):
            return ()
        return tuple(dict.fromkeys(self.base.knowledge.laws.label(ref) for ref in named))

    def _sure(self, state: State) -> float:
        return confidence(state.signals, self.retriever.weights.sure) if state.signals is not None else 0.0

    def verify(self, state: State) -> State:
        """Let the gate decide what is shown."""
        assert state.draft is not None
        assert state.understood is not None
        assert state.ranking is not None
        assert state.signals is not None
        reply = finish(
            self.base,
            state.draft,
            self._chunks(state.draft),
            language=state.understood.language,
            confidence=self._sure(state),
            acute=state.guarded is not None and state.guarded.acute,
            notices=state.notices,
            hits=state.ranking.hits,
            trace=self._trace(state),
        )
        return replace(state, reply=reply)

    def _chunks(self, draft: CardDraft) -> Mapping[str, Chunk]:
        every = {chunk.id: chunk for chunk in self.retriever.chunks}
        parts = (draft.short_answer, draft.conditions, draft.deadlines, draft.ages, draft.exceptions)
        wanted = {support.chunk for part in parts for item in part for support in item.support}
        return {key: every[key] for key in wanted if key in every}

    def _trace(self, state: State) -> Trace:
        assert state.understood is not None
        understood = state.understood
        return Trace(
            language=understood.language,
            in_full=state.in_full,
            references=tuple(reference.surface for reference in understood.references),
            concepts=tuple((match.concept.id, match.words) for match in understood.concepts),
            role=understood.role.id if understood.role else "",
            age=understood.age,
            situation=state.draft.situation if state.draft else "",
            confidence=round(self._sure(state), 4),
        )


def _led(understood: Understood, crosswalk: Crosswalk) -> Understood:
    """Let references to old numbers point at the provisions that hold the rule now."""
    led: list[Reference] = []
    for reference in understood.references:
        whole = reference.provision.whole if reference.provision is not None else None
        now = crosswalk.lead(whole) if whole is not None else ()
        if whole is None or now == (whole,):
            led.append(reference)
            now = crosswalk.reused.get(whole, ()) if whole is not None else ()
        if now != (whole,):
            led += [replace(reference, law=ref.law, section=ref.section, ledd="", bokstav="") for ref in now]
    return replace(understood, references=tuple(led))


def answer(steps: Steps, ask: Ask) -> Reply:
    """Run the steps one after the other, without loading LangChain; equal to invoking ``build_chain(steps)``."""
    state = State(ask=ask)
    for step in _in_order(steps):
        state = _unless_settled(step, state)
    return _reply(state)


def build_chain(steps: Steps) -> Runnable[Ask, Reply]:
    """Join the steps into one runnable that takes an ``Ask`` and gives a ``Reply``."""
    from langchain_core.runnables import RunnableLambda

    chain: Runnable[Ask, State] = RunnableLambda(lambda ask: State(ask=ask), name="ask")
    for step in _in_order(steps):
        chain = chain | RunnableLambda(partial(_unless_settled, step), name=step.__name__)
    return chain | RunnableLambda(_reply, name="reply")


def _in_order(steps: Steps) -> tuple[Callable[[State], State], ...]:
    return steps.guard, steps.understand, steps.retrieve, steps.compose, steps.verify


def _unless_settled(step: Callable[[State], State], state: State) -> State:
    return state if state.reply is not None else step(state)


def _reply(state: State) -> Reply:
    assert state.reply is not None
    return state.reply
