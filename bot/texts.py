"""Every sentence the bot itself says, in bokmål, nynorsk and English."""

from __future__ import annotations

from collections.abc import Mapping

from bot.reply import Language

TEXTS: Mapping[str, Mapping[Language, str]] = {
    "personal_data": {
        "nb": "Spørsmålet inneholder et fødselsnummer, så det er ikke søkt på. Fjern det og spør igjen.",
        "nn": "Spørsmålet inneheld eit fødselsnummer, så det er ikkje søkt på. Fjern det og spør igjen.",
        "en": "The question holds a national identity number, so nothing was searched. Remove it and ask again.",
    },
    "personal_hint": {
        "nb": "Spørsmålet ser ut til å inneholde {kinds}. Skriv heller uten opplysninger som peker ut noen.",
        "nn": "Spørsmålet ser ut til å innehalde {kinds}. Skriv heller utan opplysningar som peikar ut nokon.",
        "en": "The question seems to hold {kinds}. Please leave out what identifies anyone.",
    },
    "empty": {
        "nb": "Skriv hva som har skjedd, eller hvilken regel du lurer på.",
        "nn": "Skriv kva som har skjedd, eller kva regel du lurer på.",
        "en": "Tell what has happened, or which rule you wonder about.",
    },
    "tell_more": {
        "nb": "Hva har skjedd, hvem er du, og hvor gammelt er barnet?",
        "nn": "Kva har skjedd, kven er du, og kor gammalt er barnet?",
        "en": "What has happened, who are you, and how old is the child?",
    },
    "too_long": {
        "nb": "Spørsmålet er for langt ({count} tegn). Kort det ned til under {limit} tegn, gjerne bare det som "
        "avgjør.",
        "nn": "Spørsmålet er for langt ({count} teikn). Kort det ned til under {limit} teikn, gjerne berre det som "
        "avgjer.",
        "en": "The question is too long ({count} characters). Shorten it to less than {limit}, keeping what decides.",
    },
    "not_in_sources": {
        "nb": "Dette finner jeg ikke svar på i kildene mine. Det nærmeste står under.",
        "nn": "Dette finn eg ikkje svar på i kjeldene mine. Det nærmaste står under.",
        "en": "I do not find the answer to this in my sources. What is nearest is listed below.",
    },
    "unknown_section": {
        "nb": "Jeg har ikke {names} i kildene mine, og kan ikke si om bestemmelsen finnes. Slå den opp hos Lovdata.",
        "nn": "Eg har ikkje {names} i kjeldene mine, og kan ikkje seie om føresegna finst. Slå henne opp hos Lovdata.",
        "en": "I do not have {names} in my sources and cannot say whether it exists. Look it up at Lovdata.",
    },
    "out_of_scope": {
        "nb": "Dette ligger utenfor det jeg kan svare på: plikter, taushetsplikt og samtykke mellom barnevern og "
        "helsetjenester.",
        "nn": "Dette ligg utanfor det eg kan svare på: plikter, teieplikt og samtykke mellom barnevern og "
        "helsetenester.",
        "en": "This is outside what I can answer: duties, confidentiality and consent between child welfare and "
        "health services.",
    },
    "outside": {
        "nb": "Jeg svarer ikke på spørsmål om {what}.",
        "nn": "Eg svarer ikkje på spørsmål om {what}.",
        "en": "I do not answer questions about {what}.",
    },
    "ask_leader": {
        "nb": "Spør leder, jurist eller personvernombud i egen virksomhet.",
        "nn": "Spør leiar, jurist eller personvernombod i eiga verksemd.",
        "en": "Ask your manager, your legal adviser or your data protection officer.",
    },
    "ask_barnevern": {
        "nb": "Barnevernstjenesten i kommunen kan drøfte en bekymring med deg uten at du sier hvem det gjelder.",
        "nn": "Barnevernstenesta i kommunen kan drøfte ei uro med deg utan at du seier kven det gjeld.",
        "en": "The municipal child welfare service can discuss a concern with you without names.",
    },
    "ask_statsforvalter": {
        "nb": "Statsforvalteren veileder om helselovgivningen og barnevernsloven.",
        "nn": "Statsforvaltaren rettleier om helselovgivinga og barnevernslova.",
        "en": "The county governor (Statsforvalteren) gives guidance on health and child welfare law.",
    },
    "acute": {
        "nb": "Er noen i fare nå: ring 113 (helse), 112 (politi) eller 110 (brann). Ring barnevernvakta når barnet "
        "ikke er trygt. Plikten til å avverge alvorlige lovbrudd gjelder foran taushetsplikten, se "
        "straffeloven § 196.",
        "nn": "Er nokon i fare no: ring 113 (helse), 112 (politi) eller 110 (brann). Ring barnevernvakta når barnet"
        " ikkje er trygt. Plikta til å avverje alvorlege lovbrot går føre teieplikta, sjå straffelova § 196.",
        "en": "If anyone is in danger now: call 113 (medical), 112 (police) or 110 (fire). Call the child welfare "
        "emergency service (barnevernvakt) when the child is not safe. The duty to avert serious crime "
        "outranks confidentiality, see straffeloven § 196.",
    },
    "renumbered": {
        "nb": "{old} gjelder ikke lenger under det nummeret. Regelen står nå i {new}.",
        "nn": "{old} gjeld ikkje lenger under det nummeret. Regelen står no i {new}.",
        "en": "{old} no longer has that number. The rule now stands in {new}.",
    },
    "former": {
        "nb": "«{old}» er et eldre ord. I loven heter det nå {new}.",
        "nn": "«{old}» er eit eldre ord. I lova heiter det no {new}.",
        "en": "«{old}» is an older word. The law now says {new}.",
    },
    "overtaken": {
        "nb": "{title} er eldre enn loven her: {name} er endret siden. Loven går foran; se {now}.",
        "nn": "{title} er eldre enn lova her: {name} er endra sidan. Lova går føre; sjå {now}.",
        "en": "{title} is older than the law here: {name} has changed since. The law prevails; see {now}.",
    },
    "reused": {
        "nb": "{old} er i dag en annen regel enn før. Regelen som hadde nummeret tidligere, står nå i {new}.",
        "nn": "{old} er i dag ein annan regel enn før. Regelen som hadde nummeret tidlegare, står no i {new}.",
        "en": "{old} is another rule today than before. The rule that had the number now stands in {new}.",
    },
    "not_in_force": {
        "nb": "{name} er vedtatt, men ikke i kraft.",
        "nn": "{name} er vedteken, men ikkje i kraft.",
        "en": "{name} is passed but not in force.",
    },
    "pending": {
        "nb": "Det er vedtatt en endring i {name} som ikke er tatt inn her.",
        "nn": "Det er vedteke ei endring i {name} som ikkje er teken inn her.",
        "en": "An amendment of {name} is passed and not included here.",
    },
    "historical": {
        "nb": "{title} er historisk materiale. Bruk det ikke som kilde for hva som gjelder i dag.",
        "nn": "{title} er historisk materiale. Bruk det ikkje som kjelde for kva som gjeld i dag.",
        "en": "{title} is historical material. Do not use it for what applies today.",
    },
    "guidance_only": {
        "nb": "Svaret bygger på veiledning, ikke på en lovbestemmelse.",
        "nn": "Svaret byggjer på rettleiing, ikkje på ei lovføresegn.",
        "en": "The answer rests on guidance, not on a statutory provision.",
    },
    "loose_fit": {
        "nb": "Jeg er ikke sikker på at dette er regelen du spør om. Les kilden før du bruker den.",
        "nn": "Eg er ikkje sikker på at dette er regelen du spør om. Les kjelda før du bruker ho.",
        "en": "I am not sure that this is the rule you ask about. Read the source before you rely on it.",
    },
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a sentence in a language, its blanks filled.

    >>> say("not_in_force", "nb", name="bvl § 2-6")
    'bvl § 2-6 er vedtatt, men ikke i kraft.'
    """
    return TEXTS[key][language].format(**values)
