"""What the forms of a graduate's page offer to choose from; kinds of evidence as they stand on the day."""

from datetime import date

from huigong.employment import words as terms
from huigong.employment.evidence import OWN_WORD, Kinds
from huigong.employment.models import Contact, FollowUp, Outcome, Service
from huigong.rules.employed import SETTLED
from huigong.web.console import words
from huigong.web.console.employment import shown

Choices = list[tuple[str, str]]


def choices(kinds: Kinds, today: date) -> dict[str, object]:
    return {
        "channels": shown.choices(Contact.Channel.values),
        "answers": shown.choices(Contact.Answer.values),
        "kinds": shown.choices(Service.Kind.values),
        "becomes": shown.choices(Outcome.Kind.values),
        "evidence": _evidence(kinds, today),
        "hows": shown.choices(FollowUp.How.values),
        "lost": shown.choices(shown.LOST_WHY),
        "all_work": [(code, words.said(*pair)) for code, pair in terms.WORK.items()],
        "all_skills": [(code, words.said(*pair)) for code, pair in terms.SKILLS.items()],
    }


def _evidence(kinds: Kinds, today: date) -> list[tuple[str, str, Choices]]:
    """The papers of each outcome under its heading, and one's own word, which counts for nothing, under none."""
    told: list[tuple[str, str, Choices]] = [
        (kind, shown.word(kind), [(code, words.said(*pair)) for code, pair in kinds.showing(kind, on=today).items()])
        for kind in Outcome.Kind.values
        if kind in SETTLED
    ]
    return [*told, ("", "", [(OWN_WORD, words.said(*terms.EVIDENCE[OWN_WORD]))])]
