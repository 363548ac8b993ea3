"""Every word the page itself shows, in bokmål, nynorsk and English; the card's headings are in ``bot.labels``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.reply import Language, Status
from corpus.source import Binding, Kind
from corpus.statute import Status as LawStatus

UI: Mapping[str, Mapping[Language, str]] = {
    "tagline": {
        "nb": "Plikter, taushetsplikt og samtykke der barnevern og helsetjenester møtes. Hvert svar med sin hjemmel.",
        "nn": "Plikter, teieplikt og samtykke der barnevern og helsetenester møtest. Kvart svar med sin heimel.",
        "en": "Duties, confidentiality and consent where child welfare meets health services. "
        "Every answer with its legal basis.",
    },
    "skip": {"nb": "Hopp til spørsmålet", "nn": "Hopp til spørsmålet", "en": "Skip to the question"},
    "question": {"nb": "Spørsmålet ditt", "nn": "Spørsmålet ditt", "en": "Your question"},
    "placeholder": {
        "nb": "Hva har skjedd?",
        "nn": "Kva har skjedd?",
        "en": "What has happened?",
    },
    "hint": {
        "nb": "Skriv uten navn og fødselsnummer.",
        "nn": "Skriv utan namn og fødselsnummer.",
        "en": "Leave out names and identity numbers.",
    },
    "send": {"nb": "Spør", "nn": "Spør", "en": "Ask"},
    "role": {"nb": "Jeg er …", "nn": "Eg er …", "en": "I am …"},
    "role_none": {"nb": "Ikke valgt", "nn": "Ikkje vald", "en": "Not chosen"},
    "examples": {"nb": "Slik spør andre", "nn": "Slik spør andre", "en": "Others ask"},
    "new": {"nb": "Ny samtale", "nn": "Ny samtale", "en": "New conversation"},
    "conversation": {"nb": "Samtalen", "nn": "Samtalen", "en": "The conversation"},
    "you_asked": {"nb": "Du spurte", "nn": "Du spurde", "en": "You asked"},
    "looking": {"nb": "Slår opp …", "nn": "Slår opp …", "en": "Looking it up …"},
    "ready": {"nb": "Svaret er klart.", "nn": "Svaret er klart.", "en": "The answer is ready."},
    "failed": {
        "nb": "Noe gikk galt hos oss, og spørsmålet ble ikke besvart. Prøv igjen om litt.",
        "nn": "Noko gjekk gale hos oss, og spørsmålet vart ikkje svart på. Prøv igjen om litt.",
        "en": "Something went wrong on our side, and the question was not answered. Try again in a moment.",
    },
    "unreachable": {
        "nb": "Fikk ikke kontakt med tjenesten. Spørsmålet står fortsatt i feltet; prøv igjen om litt.",
        "nn": "Fekk ikkje kontakt med tenesta. Spørsmålet står framleis i feltet; prøv igjen om litt.",
        "en": "Could not reach the service. Your question is still in the field; try again in a moment.",
    },
    "anonymised": {
        "nb": "Slik ser spørsmålet ut uten opplysningene:",
        "nn": "Slik ser spørsmålet ut utan opplysningane:",
        "en": "The question without the data:",
    },
    "use_anonymised": {"nb": "Bruk denne teksten", "nn": "Bruk denne teksten", "en": "Use this text"},
    "copy": {"nb": "Kopier med kilder", "nn": "Kopier med kjelder", "en": "Copy with sources"},
    "copied": {"nb": "Kopiert", "nn": "Kopiert", "en": "Copied"},
    "not_copied": {"nb": "Kunne ikke kopiere", "nn": "Kunne ikkje kopiere", "en": "Could not copy"},
    "source": {"nb": "Kilde", "nn": "Kjelde", "en": "Source"},
    "open_source": {"nb": "Kilde {n}: {name}", "nn": "Kjelde {n}: {name}", "en": "Source {n}: {name}"},
    "back": {"nb": "Tilbake til svaret", "nn": "Tilbake til svaret", "en": "Back to the answer"},
    "passage": {"nb": "Sitatet svaret bygger på", "nn": "Sitatet svaret byggjer på", "en": "The quote relied on"},
    "state_of_law": {"nb": "Lovtilstand {day}", "nn": "Lovtilstand {day}", "en": "Law as of {day}"},
    "original": {"nb": "Les originalen på {host}", "nn": "Les originalen på {host}", "en": "Original at {host}"},
    "new_tab": {"nb": "åpnes i ny fane", "nn": "opnast i ny fane", "en": "opens in a new tab"},
    "own_law": {
        "nb": "Dette er vår egen gjengivelse av loven, ikke den offisielle ordlyden.",
        "nn": "Dette er vår eigen attgjeving av lova, ikkje den offisielle ordlyden.",
        "en": "This is our own restatement of the law in Norwegian, not the official wording.",
    },
    "own_guidance": {
        "nb": "Dette er vår egen gjengivelse av dokumentet, ikke utgiverens tekst.",
        "nn": "Dette er vår eigen attgjeving av dokumentet, ikkje teksten til utgjevaren.",
        "en": "This is our own restatement of the document in Norwegian, not the publisher's text.",
    },
    "own_words": {
        "nb": "Sitatene er fra Hjemmels egen gjengivelse, ikke den offisielle ordlyden.",
        "nn": "Sitata er frå Hjemmel si eiga attgjeving, ikkje den offisielle ordlyden.",
        "en": "The quotes are from Hjemmel's own restatement in Norwegian, not the official wording.",
    },
    "hierarchy": {"nb": "Rang blant kildene", "nn": "Rang blant kjeldene", "en": "Rank among the sources"},
    "remarks": {"nb": "Merknader", "nn": "Merknader", "en": "Remarks"},
    "gone": {
        "nb": "Kilden finnes ikke lenger i indeksen.",
        "nn": "Kjelda finst ikkje lenger i indeksen.",
        "en": "The source is no longer in the index.",
    },
    "footer": {
        "nb": "Spørsmål lagres ikke. Svarene gjengir regler; de avgjør ikke saken din.",
        "nn": "Spørsmål blir ikkje lagra. Svara gir att reglar; dei avgjer ikkje saka di.",
        "en": "Questions are not stored. The answers restate rules; they do not decide your case.",
    },
    "noscript": {
        "nb": "Siden trenger JavaScript. Uten det kan du spørre fra kommandolinjen: hjemmel ask.",
        "nn": "Sida treng JavaScript. Utan det kan du spørje frå kommandolinja: hjemmel ask.",
        "en": "The page needs JavaScript. Without it you can ask from the command line: hjemmel ask.",
    },
}

STATUSES: Mapping[Status, Mapping[Language, str]] = {
    Status.ANSWERED: {"nb": "Svar med hjemmel", "nn": "Svar med heimel", "en": "Answer with legal basis"},
    Status.PARTIAL: {
        "nb": "Delvis svar. Les kilden før du bruker det.",
        "nn": "Delvis svar. Les kjelda før du bruker det.",
        "en": "Partial answer. Read the source before you rely on it.",
    },
    Status.NEEDS_MORE: {"nb": "Trenger mer fra deg", "nn": "Treng meir frå deg", "en": "Needs more from you"},
    Status.NOT_IN_SOURCES: {"nb": "Står ikke i kildene", "nn": "Står ikkje i kjeldene", "en": "Not in the sources"},
    Status.OUT_OF_SCOPE: {
        "nb": "Utenfor det Hjemmel svarer på",
        "nn": "Utanfor det Hjemmel svarer på",
        "en": "Outside what Hjemmel answers",
    },
    Status.PERSONAL_DATA: {
        "nb": "Stoppet: personopplysninger",
        "nn": "Stoppa: personopplysningar",
        "en": "Stopped: personal data",
    },
    Status.ACUTE: {"nb": "Det kan haste", "nn": "Det kan haste", "en": "It may be urgent"},
}

KINDS: Mapping[Kind, Mapping[Language, str]] = {
    Kind.LOV: {"nb": "Lov", "nn": "Lov", "en": "Act"},
    Kind.FORSKRIFT: {"nb": "Forskrift", "nn": "Forskrift", "en": "Regulation"},
    Kind.RUNDSKRIV: {"nb": "Rundskriv", "nn": "Rundskriv", "en": "Circular"},
    Kind.VEILEDER: {"nb": "Veileder", "nn": "Rettleiar", "en": "Guidance"},
    Kind.OPPLARING: {"nb": "Opplæring", "nn": "Opplæring", "en": "Training"},
    Kind.DOKUMENT: {"nb": "Eget dokument", "nn": "Eige dokument", "en": "Own document"},
}

BINDINGS: Mapping[Binding, Mapping[Language, str]] = {
    Binding.BINDENDE: {"nb": "Bindende", "nn": "Bindande", "en": "Binding"},
    Binding.VEILEDENDE: {"nb": "Veiledende", "nn": "Rettleiande", "en": "Guiding"},
    Binding.HISTORISK: {"nb": "Historisk", "nn": "Historisk", "en": "Historical"},
}

LAW_STATUSES: Mapping[LawStatus, Mapping[Language, str]] = {
    LawStatus.PENDING: {"nb": "Endring vedtatt", "nn": "Endring vedteken", "en": "Amendment passed"},
    LawStatus.NOT_IN_FORCE: {"nb": "Ikke i kraft", "nn": "Ikkje i kraft", "en": "Not in force"},
    LawStatus.REPEALED: {"nb": "Opphevet", "nn": "Oppheva", "en": "Repealed"},
}
"""What is said of a provision that is not simply in force."""

ROLES: Mapping[str, Mapping[Language, str]] = {
    "helsepersonell": {"nb": "helsepersonell", "nn": "helsepersonell", "en": "a health worker"},
    "tannhelse": {"nb": "tannhelsepersonell", "nn": "tannhelsepersonell", "en": "a dental health worker"},
    "barnevern": {"nb": "ansatt i barnevernet", "nn": "tilsett i barnevernet", "en": "in child welfare"},
    "institusjon": {
        "nb": "ansatt i barnevernsinstitusjon",
        "nn": "tilsett i barnevernsinstitusjon",
        "en": "in a child welfare institution",
    },
    "fosterforelder": {"nb": "fosterforelder", "nn": "fosterforelder", "en": "a foster parent"},
    "skole": {"nb": "ansatt i skolen", "nn": "tilsett i skulen", "en": "in a school"},
    "barnehage": {"nb": "ansatt i barnehage", "nn": "tilsett i barnehage", "en": "in a kindergarten"},
    "nav": {"nb": "ansatt i Nav", "nn": "tilsett i Nav", "en": "in Nav"},
    "politi": {"nb": "ansatt i politiet", "nn": "tilsett i politiet", "en": "in the police"},
    "annen": {"nb": "noe annet", "nn": "noko anna", "en": "something else"},
}
"""What is told to the assistant as ``Ask.role``, and how the chooser names it."""

NO_ROLE = "annen"
"""The choice that tells nothing about the asker."""

EXAMPLES: tuple[Mapping[Language, str], ...] = (
    {
        "nb": "En jente på ni år forteller at far slår henne. Må jeg spørre foreldrene før jeg melder fra?",
        "nn": "Ei jente på ni år fortel at far slår henne. Må eg spørje foreldra før eg melder frå?",
        "en": "A girl of nine says that her father hits her. Must I ask the parents before I report it?",
    },
    {
        "nb": "Kan barnevernet kreve opplysninger fra fastlegen uten samtykke?",
        "nn": "Kan barnevernet krevje opplysningar frå fastlegen utan samtykke?",
        "en": "Can child welfare require information from the GP without consent?",
    },
    {
        "nb": "Hvor raskt må barnevernet gå gjennom en bekymringsmelding?",
        "nn": "Kor raskt må barnevernet gå gjennom ei uromelding?",
        "en": "How soon must child welfare go through a report of concern?",
    },
    {
        "nb": "Når kan ungdom samtykke til helsehjelp selv?",
        "nn": "Når kan ungdom samtykkje til helsehjelp sjølv?",
        "en": "When can young people consent to health care themselves?",
    },
    {
        "nb": "Får jeg vite hva barnevernet gjør med meldingen min?",
        "nn": "Får eg vite kva barnevernet gjer med meldinga mi?",
        "en": "Will I be told what child welfare does with my report?",
    },
)


def ui(key: str, language: Language, **values: object) -> str:
    """Return a text of the page in a language, its blanks filled.

    >>> ui("state_of_law", "nb", day="28.07.2026")
    'Lovtilstand 28.07.2026'
    """
    return UI[key][language].format(**values)
