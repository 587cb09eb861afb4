"""Columns that carry no truth about families, money or people, and are therefore not held against history; each says why."""

_COUNTER = "counts writes, so that two people at once are noticed"
_BY_REFERENCE = "a name that nothing is paid or told by: the row is found by its reference, its own columns are held"
_CHAIN = "history itself: `audit verify` recomputes it"

FREE = {
    "Draft.*": "what an officer typed and has not said yet: nothing is decided, paid or told by it, and it goes when it is taken",
    "DataKey.*": "altered, what it opens opens no more, and that is named there",
    "Event.*": _CHAIN,
    "ChainHead.*": _CHAIN,
    "SearchKey.*": "made of the files, which are held: `registry index` makes it again and says what had gone astray",
    "FileMark.*": "made of the files and their aid, which are held: `registry index` makes it again and says what was wrong",
    "ChildMark.*": "made of the files and their members, which are held: `registry index` makes it again as it does the others",
    "Try.*": "how often something was tried or searched for in a span, by keyed digests: it tells nothing about anybody and goes after a day",
    "CaseLock.*": "who has a page open for ten minutes: nothing is decided by it, writes compare versions",
    "PostTaken.*": "that a form of a page was sent already: altered, it could do its work once more, which is an event of its own",
    "SavedView.*": "the filters of a list under a name: it tells nothing about anybody",
    "DeskHabit.*": "how an officer likes lists to look: it tells nothing about anybody",
    "HeadingName.*": "what an office calls a column: what was read by it stands in rows, which are held",
    "OneTimeSignIn.*": "a way in that ends in a day; who was invited and who came in is told by events of their own",
    "SecondFactor.last_step": "which code was used last: set by every code, and an older one opens nothing that a newer would not",
    "SecondFactor.wrong": "counts wrong codes in a row, each of which is an event of its own",
    "SecondFactor.closed_until": "set by five wrong codes, each of which is an event of its own",
    "Approval.version": _COUNTER,
    "Officer.password": "one that an action set is held, one that opens and nobody set is named; the rest opens nothing",
    "Officer.last_login": "set by every sign-in",
    "Application.version": _COUNTER,
    "Grievance.version": _COUNTER,
    "FormRow.version": _COUNTER,
    "Graduate.version": _COUNTER,
    "Exchange.version": _COUNTER,
    "Household.version": _COUNTER,
    "Opening.version": _COUNTER,
    "Measure.version": _COUNTER,
    "Payment.version": _COUNTER,
    "PaymentBatch.version": _COUNTER,
    "Proposal.version": _COUNTER,
    "FormRow.status_since": "mending a row does not move it: when it moved is what its events say",
    "Household.imported_digest": "only says whether the next import compares the file anew",
    "Transfer.id": _BY_REFERENCE,
    "Decision.id": _BY_REFERENCE,
    "Award.id": _BY_REFERENCE,
    "Submission.id": _BY_REFERENCE,
}


def is_free(model: str, column: str) -> bool:
    return f"{model}.*" in FREE or f"{model}.{column}" in FREE
