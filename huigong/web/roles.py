"""The roles by what they do, and how an address about an object names them: by relation to whose the object is."""

from collections.abc import Mapping
from dataclasses import dataclass

from huigong.organisations.relations import Relation

Roles = frozenset[str]

ANYBODY: Roles = frozenset({"anybody"})
CASEWORK: Roles = frozenset({"preparer", "aid_centre", "verifier", "approver", "finance", "auditor"})
"""Who sees cases. The three administrators (等保) are kept apart from them and from one another."""
ADMINISTRATORS: Roles = frozenset({"administrator", "security", "log_auditor"})
EVERY_OFFICER: Roles = CASEWORK | ADMINISTRATORS
HANDS_IN: Roles = frozenset({"preparer", "aid_centre", "verifier"})
KEEPS_FILES: Roles = frozenset({"aid_centre", "verifier"})
SEES_FILES: Roles = frozenset({"preparer", "aid_centre", "verifier", "approver", "auditor"})
PREPARES: Roles = frozenset({"preparer"})
VERIFIES: Roles = frozenset({"verifier"})
APPROVES: Roles = frozenset({"approver"})
SETTLES: Roles = frozenset({"approver", "verifier"})
SEES_CARDS: Roles = frozenset({"approver", "finance"})
OVERSEES: Roles = frozenset({"verifier", "approver", "finance", "auditor"})
SEES_HISTORY: Roles = OVERSEES | {"log_auditor"}

FILES_PLANS: Roles = frozenset({"aid_centre", "verifier", "approver"})
EMPLOYS: Roles = frozenset({"aid_centre", "verifier"})
"""Who finds work for graduates: the aid centre's own clerks."""
SEES_GRADUATES: Roles = EMPLOYS | {"preparer", "approver", "auditor"}

KEEPS_BACK: Roles = frozenset({"approver", "auditor"})
"""Who places and lifts legal holds, and erases what is over."""
CLERKS: Roles = frozenset({"aid_centre", "verifier", "finance"})
RELEASES: Roles = frozenset({"finance"})
SIGNS: Roles = frozenset({"aid_centre", "verifier", "finance", "approver"})
"""Who may write into a box of an approval form."""
MANAGES_UNITS: Roles = frozenset({"administrator"})
MANAGES_PEOPLE: Roles = frozenset({"security"})
SEES_PEOPLE: Roles = ADMINISTRATORS | {"auditor"}

OF_THE_TREE: frozenset[str] = frozenset({"unit", "officer"})
"""Kinds that are no case: these the administrators do open."""


@dataclass(frozen=True, slots=True)
class Of:
    """An address about an object: its kind, and for each relation to its organisation the roles that may."""

    kind: str
    by: Mapping[Relation, Roles]

    @property
    def roles(self) -> Roles:
        """The roles of any relation."""
        return frozenset[str]().union(*self.by.values())


def line(kind: str, roles: Roles) -> Of:
    """In the line of command: of one's own organisation, or of one below it."""
    return Of(kind, {"own": roles, "below": roles})


def by_place(kind: str, roles: Roles) -> Of:
    """In the line of command, and by whoever keeps files at the centre that is competent by place."""
    return Of(kind, {"own": roles, "below": roles, "competent": roles & (KEEPS_FILES | {"auditor"})})


def shared(kind: str, roles: Roles) -> Of:
    """In the line of command, and by whoever works below the organisation that it belongs to."""
    return Of(kind, {"own": roles, "below": roles, "above": roles})
