"""What a verification and a decision are held to: keyed digests over facts, outcomes, and who would be paid."""

import json
from collections.abc import Iterable

from huigong.registry.models import Household
from huigong.rules import facts as catalogue
from huigong.rules.deciding import Finding
from huigong.rules.facts import Facts
from huigong.vault import blind


def as_stored(facts: Facts) -> str:
    """Facts as a decision keeps them."""
    return json.dumps(catalogue.as_json(facts), ensure_ascii=False, sort_keys=True)


def outcomes_of(findings: Iterable[Finding]) -> str:
    """The outcome of each criterion as a decision keeps it."""
    return json.dumps({finding.criterion: finding.outcome for finding in findings}, sort_keys=True)


def payee_of(household: Household | None) -> tuple[str, str]:
    """Name and index of the card in the file: to whom a payment made now would go. Both empty without a file."""
    return (household.worker_name, household.card_index) if household else ("", "")


def facts_digest(stored: str, household: Household | None) -> str:
    """Over facts and payee. Who verified saw whose card it is, so another card or payee asks for verification again."""
    payee, card = payee_of(household)
    return blind.digest("facts", stored, payee, card)


def decision_digest(circular: str, vocabulary: str, stored: str, outcomes: str) -> str:
    """Over the circular's own digest, the vocabulary, the facts and what each criterion said."""
    return blind.digest("decision", circular, vocabulary, stored, outcomes)
