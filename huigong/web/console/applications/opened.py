"""Which of the cases that were drawn to be opened first were opened, each as it stood: noted in the officer's session.

Only what a page of a bulk drew is noted, so that opening a case writes nothing on every other day.
"""

from collections.abc import Iterable, Mapping

from huigong.studentaid.models import Application
from huigong.web.console.asking import OfficerRequest

_KEY, _KEPT = "drawn", 30


def drawn(request: OfficerRequest, digests: Mapping[str, str]) -> None:
    """These cases are to be opened as they stand (reference and digest of the facts); opened ones stay opened."""
    noted: dict[str, str] = request.session.get(_KEY, {})
    wanted = {reference: noted.get(reference, "") for reference in digests}
    kept = {reference: digest for reference, digest in noted.items() if reference not in wanted}
    told = dict([*kept.items(), *wanted.items()][-_KEPT:])
    if told != noted:
        request.session[_KEY] = told


def note(request: OfficerRequest, application: Application) -> None:
    """The page of a case was opened, with these facts on it."""
    noted: dict[str, str] = request.session.get(_KEY, {})
    if noted.get(application.reference, application.facts_digest) != application.facts_digest:
        request.session[_KEY] = noted | {application.reference: application.facts_digest}


def unopened(request: OfficerRequest, digests: Mapping[str, str]) -> Iterable[str]:
    """Those of the cases that were not opened as they stand."""
    noted: dict[str, str] = request.session.get(_KEY, {})
    return [reference for reference, digest in digests.items() if noted.get(reference) != digest]
