"""Who may do what: one table of role × organisation relation × action, an action being the name of an address.

Adding a row: a page of the house names its roles (`"today": EVERY_OFFICER`). An address about an object names the kind
of object (`owners.OWNERS` says to which organisation one belongs) and, for each relation of the officer's organisation
to that one, the roles: `"form-take": Of("form", {"own": HANDS_IN, "below": HANDS_IN})`, or `line(…)` where own and below
ask the same. Relations: own, below (the object's organisation is below the officer's), competent (the officer's centre
is competent by place, 属地), above, beside, none. A relation that is not named has no role. Then run
`web/tests/test_permissions.py`: it walks every address × role × relation and asks for a sample of a new kind.

The middleware of `gate` is the only reader; the sets of roles and the forms of a row stand in `roles`. One row an address: the
file grows with the pages, and is not divided, since a table that is whole can be read whole.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from huigong.organisations.queries import Standing
from huigong.organisations.relations import Place, Relation, nearest
from huigong.web.roles import (
    ANYBODY,
    APPROVES,
    CASEWORK,
    CLERKS,
    EMPLOYS,
    EVERY_OFFICER,
    FILES_PLANS,
    HANDS_IN,
    KEEPS_BACK,
    KEEPS_FILES,
    MANAGES_PEOPLE,
    MANAGES_UNITS,
    OVERSEES,
    PREPARES,
    RELEASES,
    SEES_CARDS,
    SEES_FILES,
    SEES_GRADUATES,
    SEES_HISTORY,
    SEES_PEOPLE,
    SETTLES,
    SIGNS,
    VERIFIES,
    Of,
    Roles,
    by_place,
    line,
    shared,
)

PERMISSIONS: Mapping[str, Roles | Of] = {
    "sign-in": ANYBODY,
    "sign-in-once": ANYBODY,
    "sign-out": ANYBODY,
    "language": ANYBODY,
    # The demo's pages ask for themselves: they are there only in the demo and only for this machine.
    "demo-step-in": ANYBODY,
    "demo-sample": ANYBODY,
    "demo-altered": ANYBODY,
    "demo-reset": ANYBODY,
    "session-extend": EVERY_OFFICER,
    "today": EVERY_OFFICER,
    "join": ANYBODY,
    "password": EVERY_OFFICER,
    # Units: everybody sees where they stand; the system administrator changes the tree below their own organisation.
    "units": EVERY_OFFICER,
    "units-import": MANAGES_UNITS,
    "unit": shared("unit", EVERY_OFFICER),
    "unit-add": line("unit", MANAGES_UNITS),
    "unit-rename": line("unit", MANAGES_UNITS),
    "unit-move": line("unit", MANAGES_UNITS),
    "unit-merge": line("unit", MANAGES_UNITS),
    "unit-centre": line("unit", MANAGES_UNITS),
    "unit-telephone": line("unit", MANAGES_UNITS),
    # People: the security administrator appoints, in their own organisation and below it.
    "people": SEES_PEOPLE,
    "people-invite": MANAGES_PEOPLE,
    "people-import": MANAGES_PEOPLE,
    "person": line("officer", SEES_PEOPLE),
    "person-handed": line("officer", SEES_PEOPLE),
    "person-appoint": line("officer", MANAGES_PEOPLE),
    "person-way-in": line("officer", MANAGES_PEOPLE),
    "person-end": line("officer", MANAGES_PEOPLE),
    "person-deputy": line("officer", MANAGES_PEOPLE),
    "person-hand-over": line("officer", MANAGES_PEOPLE),
    # What a leader signed on paper about a case or a file: clerks enter it there and confirm it, everybody who oversees looks.
    "sheets": line("campaign", OVERSEES | CLERKS),
    "sheet": line("sheet", OVERSEES | CLERKS),
    "sheet-scan": line("sheet", OVERSEES | CLERKS),
    "sheet-confirm": line("sheet", CLERKS),
    "sheet-reject": line("sheet", CLERKS),
    "application-sheet": line("application", KEEPS_FILES),
    "household-sheet": line("household", KEEPS_FILES),
    # The working calendar: everybody reads what deadlines are counted in; the top federation's administrator keeps it.
    "working-days": EVERY_OFFICER,
    "working-days-keep": MANAGES_UNITS,
    # Implementation plans: the list narrows to the asker's county, which files its own; the city sees and may file all.
    "plans": shared("campaign", OVERSEES | CLERKS),
    "plan-file": shared("campaign", FILES_PLANS),
    "plan": line("plan", OVERSEES | CLERKS),
    "plan-scan": line("plan", OVERSEES | CLERKS),
    # 集体研究 and the approval form: whoever handles writes it, every box is signed by its own role (the action refuses).
    "approvals": line("campaign", OVERSEES | CLERKS),
    "approval-write": line("campaign", KEEPS_FILES),
    "approval": line("approval", OVERSEES | CLERKS),
    "approval-sign": line("approval", SIGNS),
    "approval-take-back": line("approval", KEEPS_FILES),
    "approval-paper": line("approval", CLERKS),
    "approval-confirm": line("approval", CLERKS),
    "approval-reject": line("approval", CLERKS),
    "approval-form": line("approval", OVERSEES | CLERKS),
    "approval-scan": line("approval", OVERSEES | CLERKS),
    # 签字档次: whoever writes or signs a form reads them, an approver of the federation lays new ones down.
    "signature-bands": OVERSEES | CLERKS,
    "signature-bands-look": APPROVES,
    "signature-bands-lay": APPROVES,
    # 发放: everybody who oversees looks; finance releases and pays again, whoever pays takes files and replies.
    "payments": line("campaign", OVERSEES),
    "payments-bank": line("campaign", OVERSEES),
    "payments-bank-agree": line("campaign", RELEASES),
    "payments-release": line("campaign", RELEASES),
    "payments-again": line("campaign", RELEASES),
    "award-revoke": line("application", APPROVES),
    "award-recover": line("campaign", RELEASES),
    "award-write-off": line("campaign", APPROVES),
    "holds-ask": line("campaign", SIGNS),
    "payee-confirm": line("application", VERIFIES),
    "batch": line("batch", OVERSEES),
    "batch-printed": line("batch", OVERSEES),
    "batch-take": line("batch", SEES_CARDS),
    "batch-allow": line("batch", SEES_CARDS),
    "batch-undo": line("batch", SEES_CARDS),
    "batch-reply": line("batch", SEES_CARDS),
    "batch-reply-take": line("batch", SEES_CARDS),
    "batch-scan": line("batch", SEES_CARDS),
    "batch-scan-shown": line("batch", SEES_CARDS),
    "batch-key": line("batch", SEES_CARDS),
    "batch-reading-discard": line("batch", SEES_CARDS),
    # The auditor's walk, open to everybody who oversees.
    "walks": line("campaign", OVERSEES),
    "walk": line("application", OVERSEES),
    "walk-printed": line("application", OVERSEES),
    # A second factor is one's own; a lost one is withdrawn by whoever gives roles.
    "second-factor": EVERY_OFFICER,
    "second-factor-picture": EVERY_OFFICER,
    "person-factor-withdraw": line("officer", MANAGES_PEOPLE),
    # A circular is public.
    "circulars": EVERY_OFFICER,
    "circular": EVERY_OFFICER,
    # A campaign is known to everybody who works under it; what moves the cases of a whole city is its federation's.
    "campaign": shared("campaign", CASEWORK),
    "step-submit": line("campaign", VERIFIES),
    "step-verify": line("campaign", VERIFIES),
    # Many all-green cases at once, a county's verifier those of the county, and the page on which that is taken back.
    "step-bulk": shared("campaign", VERIFIES),
    "bulk": line("bulk", VERIFIES),
    # 派件: who looks after a case is shown to everybody who sees it; a verifier takes and hands on, a leader gives (the action
    # refuses), and whoever audits looks.
    "cases-assign": shared("campaign", SETTLES),
    "assignments": shared("campaign", SETTLES | {"auditor"}),
    "assignment-undo": shared("campaign", SETTLES),
    # Filters under a name are no truth about anybody: whoever has the list keeps and drops their own.
    "list-save": shared("campaign", CASEWORK),
    "list-density": CASEWORK,
    "list-drop": shared("campaign", CASEWORK),
    # Second looks are of the whole campaign; who verified a case gives none on it (the action refuses).
    "second-looks": line("campaign", SETTLES | {"auditor"}),
    "second-look": line("look", SETTLES | {"auditor"}),
    # Originals kept for a family: whoever sees the case sees the slip, the desk takes in and gives back.
    "originals": shared("campaign", KEEPS_FILES | {"auditor"}),
    "original-receive": shared("campaign", KEEPS_FILES),
    "original": line("slip", KEEPS_FILES | {"auditor"}),
    "original-back": line("slip", KEEPS_FILES),
    "step-share": line("campaign", VERIFIES),
    "step-publish": line("campaign", SETTLES),
    "step-now": shared("campaign", SETTLES),
    "forms": shared("campaign", CASEWORK),
    "forms-hand-in": shared("campaign", HANDS_IN),
    "forms-fill": shared("campaign", PREPARES),
    "forms-fill-draft": shared("campaign", PREPARES),
    # Who might have aid and has not asked: of one's own families only (the query is scoped).
    "left-out": shared("campaign", SEES_FILES),
    "left-out-take": shared("campaign", SEES_FILES),
    "applications": shared("campaign", CASEWORK),
    "downloads": shared("campaign", OVERSEES),
    "download": line("campaign", OVERSEES),
    # One form; where the circular sends forms to the centre that is competent by place, its desk has them too.
    "form": by_place("form", CASEWORK),
    "form-draft": by_place("form", HANDS_IN),
    "form-columns": by_place("form", HANDS_IN),
    "form-take": by_place("form", HANDS_IN),
    "form-undo": by_place("form", HANDS_IN),
    "form-unit": by_place("form", HANDS_IN),
    "form-annotated": by_place("form", HANDS_IN),
    "form-print": by_place("form", HANDS_IN),
    "form-stamp-read": by_place("form", HANDS_IN),
    "form-scan": by_place("form", HANDS_IN),
    "form-scan-page": by_place("form", HANDS_IN),
    "form-stamped": by_place("form", VERIFIES),
    "row-mend": by_place("form", HANDS_IN),
    "row-confirm": by_place("form", HANDS_IN),
    "row-reveal": by_place("form", HANDS_IN),
    # One application.
    "application": line("application", CASEWORK),
    "application-settle": line("application", SETTLES),
    "application-verify": line("application", VERIFIES),
    "application-need": line("application", VERIFIES),
    "application-back": line("application", VERIFIES),
    "application-met": line("application", APPROVES),
    "application-reason": line("application", SETTLES | {"auditor"}),
    "application-paper": line("application", VERIFIES),
    # The review desk: the same case beside its papers.
    "desk": line("application", SETTLES),
    "desk-check": line("application", VERIFIES),
    "desk-draft": line("application", VERIFIES),
    "tell-draft": line("application", SETTLES),
    "scan-add": line("application", VERIFIES),
    "scan-page": line("application", SETTLES),
    "application-tell": line("application", SETTLES),
    "application-letter": line("application", CASEWORK),
    "point-answered": line("application", SETTLES),
    # Public notices: everybody who works under the campaign looks; each unit's board is the unit's, and whoever is above it.
    "notices": shared("campaign", CASEWORK),
    "notice": shared("notice", CASEWORK),
    "notice-code": shared("notice", CASEWORK),
    "notice-post-up": shared("notice", HANDS_IN),
    "posting": line("posting", CASEWORK),
    "posting-enter": line("posting", HANDS_IN),
    "posting-confirm": line("posting", HANDS_IN),
    "posting-down": line("posting", HANDS_IN),
    "posting-word": line("posting", SETTLES),
    "posting-paper": line("posting", HANDS_IN),
    "posting-file": line("posting", CASEWORK),
    # What hangs for the public: the page shows what everybody may know, and a family's own line for its code.
    # Places: whoever oversees looks, an approver moves what is theirs (the action asks whose they are).
    "quotas": shared("campaign", OVERSEES),
    "quota-move": shared("campaign", APPROVES),
    "quota-table": line("campaign", APPROVES),
    "quota-letter": shared("campaign", OVERSEES),
    # Sources of money as accounts: who oversees looks, finance books what came, an approver says what a source is and asks.
    "funds": line("campaign", OVERSEES),
    "fund-gift": line("campaign", frozenset({"finance"})),
    "fund-gift-back": line("campaign", frozenset({"finance"})),
    "fund-gift-seen": line("campaign", APPROVES | {"finance"}),
    "fund-money": line("campaign", frozenset({"finance"})),
    "fund-money-back": line("campaign", frozenset({"finance"})),
    "fund-money-seen": line("campaign", APPROVES | {"finance"}),
    "fund-kind": line("campaign", APPROVES),
    "fund-rule": line("campaign", APPROVES),
    "fund-receipt": line("campaign", OVERSEES),
    # The ranking round names students: who settles and who audits.
    "ranking": shared("campaign", SETTLES | {"auditor"}),
    # Objections and appeals: the federation's own people; a unit's clerk may record one and sees none.
    "grievances": line("campaign", SETTLES | {"auditor"}),
    "grievance-record": shared("campaign", HANDS_IN | SETTLES),
    "grievance": line("grievance", SETTLES | {"auditor"}),
    "grievance-read": line("grievance", SETTLES | {"auditor"}),
    "grievance-assign": line("grievance", SETTLES),
    "grievance-answer": line("grievance", SETTLES),
    "grievance-letter": line("grievance", SETTLES | {"auditor"}),
    "public-objection": ANYBODY,
    "public-appeal": ANYBODY,
    "public-answer": ANYBODY,
    "public-notices": ANYBODY,
    "public-notice": ANYBODY,
    # One household file, and a new one.
    "household": line("household", SEES_FILES),
    "household-reveal": line("household", SEES_FILES),
    "household-paper": line("household", SEES_FILES),
    "household-looks": line("household", SEES_FILES),
    "household-print": line("household", HANDS_IN),
    "household-board": line("household", KEEPS_FILES),
    "household-edit": line("household", HANDS_IN),
    "household-edit-draft": line("household", HANDS_IN),
    "household-gone": line("household", HANDS_IN),
    "household-prepare": line("household", HANDS_IN),
    "household-keep": line("household", KEEPS_FILES),
    "household-enrol": line("household", SETTLES),
    "household-receipt": line("household", HANDS_IN),
    "household-group": line("household", HANDS_IN),
    "household-measure": line("household", HANDS_IN),
    "household-measure-close": line("household", HANDS_IN),
    "household-visit": line("household", HANDS_IN),
    "household-aid": line("household", HANDS_IN),
    "household-aid-mistaken": line("household", HANDS_IN),
    "household-related": line("household", SEES_FILES),
    "household-merge": line("household", KEEPS_FILES),
    "household-apart": line("household", KEEPS_FILES),
    "household-say": line("household", KEEPS_FILES),
    "household-national": line("household", HANDS_IN),
    "household-keyed": line("household", HANDS_IN),
    "household-assess": line("household", KEEPS_FILES),
    "household-adopt": line("household", KEEPS_FILES),
    # Many files at once for the national system, and its exports held against them.
    "national": KEEPS_FILES,
    "national-export": KEEPS_FILES,
    "national-drop": KEEPS_FILES,
    "national-dump": line("national-dump", KEEPS_FILES),
    "national-take": line("national-dump", KEEPS_FILES),
    "national-agree": line("national-dump", KEEPS_FILES),
    # The survey of a federation: whoever works below it prints and hands back the lines of their own unions.
    "surveys": SEES_FILES,
    "surveys-freeze": KEEPS_FILES,
    "survey": shared("survey", SEES_FILES),
    "survey-names": shared("survey", SEES_FILES),
    "survey-moved": shared("survey", SEES_FILES),
    "survey-sheet": shared("survey", SEES_FILES),
    "survey-answer": shared("survey", HANDS_IN),
    # People who stand in two files: whoever keeps files says whether they are one; both files have to be theirs to see.
    "likenesses": KEEPS_FILES,
    "likenesses-look": KEEPS_FILES,
    "likeness": line("likeness", KEEPS_FILES),
    "likeness-say": line("likeness", KEEPS_FILES),
    "likeness-open": line("likeness", KEEPS_FILES),
    # Lists compared with other departments: whoever keeps files, on a letter, in their own federation.
    "exchanges": KEEPS_FILES,
    "exchange-begin": KEEPS_FILES,
    "partners-tool": KEEPS_FILES,
    "exchange": line("exchange", KEEPS_FILES),
    "exchange-invitation": line("exchange", KEEPS_FILES),
    "exchange-letter": line("exchange", KEEPS_FILES),
    "exchange-reply": line("exchange", KEEPS_FILES),
    "exchange-answer": line("exchange", KEEPS_FILES),
    "exchange-learn": line("exchange", KEEPS_FILES),
    "exchange-end": line("exchange", KEEPS_FILES),
    "exchange-settle": line("exchange", KEEPS_FILES),
    # Dated values and words, each with its source; whoever keeps files adds to them.
    "files-waiting": SEES_FILES,
    "standards": SEES_FILES,
    "code-lists": SEES_FILES,
    "standards-keep": KEEPS_FILES,
    "code-lists-keep": KEEPS_FILES,
    # Sunshine employment: the aid centre's clerks work, leaders and auditors look; figures are everybody's who oversees.
    "employment": SEES_GRADUATES,
    "employment-import": EMPLOYS,
    # The sender's own list of this sign-in.
    "list-back": EMPLOYS,
    "window": EMPLOYS,
    "graduate": line("graduate", SEES_GRADUATES),
    "graduate-sheet": line("graduate", EMPLOYS),
    "graduate-call": line("graduate", EMPLOYS),
    "graduate-plan": line("graduate", EMPLOYS),
    "graduate-draft": line("graduate", EMPLOYS),
    "graduate-answer": line("graduate", EMPLOYS),
    "graduate-serve": line("graduate", EMPLOYS),
    "graduate-outcome": line("graduate", EMPLOYS),
    "graduate-prove": line("graduate", EMPLOYS),
    "graduate-check": line("graduate", EMPLOYS),
    "graduate-lose": line("graduate", EMPLOYS),
    "graduate-start-up": line("graduate", EMPLOYS),
    "graduate-support": line("graduate", frozenset({"approver"})),
    "graduate-evidence": line("graduate", SEES_GRADUATES),
    "graduate-reveal": line("graduate", SEES_GRADUATES),
    # What the city's employers offer is known in its counties.
    "employment-policies": SEES_GRADUATES,
    "employment-start-ups": SEES_GRADUATES,
    "openings": SEES_GRADUATES,
    "opening-new": EMPLOYS,
    "opening-draft": EMPLOYS,
    "openings-import": EMPLOYS,
    "opening": shared("opening", SEES_GRADUATES),
    "opening-confirm": line("opening", EMPLOYS),
    "opening-close": line("opening", EMPLOYS),
    # Whom the union asked for places: an employer is no office's own, whoever asked it first.
    "employers": SEES_GRADUATES,
    "employer-keep": EMPLOYS,
    "employer": SEES_GRADUATES,
    "employer-reveal": EMPLOYS,
    "rounds": SEES_GRADUATES,
    "round-make": EMPLOYS,
    "round": line("round", SEES_GRADUATES),
    "proposal-answer": line("round", EMPLOYS),
    # Of a whole federation: a unit's clerk sees the unit's own graduates in the list, and nobody else's names.
    "employment-figures": SEES_GRADUATES - {"preparer"},
    "employment-names": SEES_GRADUATES - {"preparer"},
    "return-freeze": EMPLOYS,
    "return": line("return", SEES_GRADUATES | OVERSEES),
    "return-names": line("return", SEES_GRADUATES),
    "return-download": line("return", OVERSEES | EMPLOYS),
    # A graduate says by the code on the slip what became of them; the page shows nothing of any case.
    "outcome-confirm": ANYBODY,
    # An employer says by the code that the union sent whether an opening is so; only that opening is shown.
    "opening-answer": ANYBODY,
    # A family says by its receipt that nothing changed; the page shows nothing of any file.
    "confirm": ANYBODY,
    "household-new": HANDS_IN,
    "household-new-draft": HANDS_IN,
    # Finding: what an officer may see of it is scoped row by row; families elsewhere are told by their office alone.
    "search": CASEWORK,
    "households": CASEWORK,
    "households-download": OVERSEES | KEEPS_FILES,
    # 保全和销毁: lists are scoped by the query; a file is erased by whoever it lies with or above it.
    "keeping": KEEPS_BACK,
    "keeping-hold": KEEPS_BACK,
    "keeping-lift": KEEPS_BACK,
    "keeping-erase": KEEPS_BACK,
    "keeping-key": KEEPS_BACK,
    "household-erase": line("household", KEEPS_BACK),
    # History tells references and codes, no person.
    "events": SEES_HISTORY,
    "events-file": SEES_HISTORY,
    "events-verify": SEES_HISTORY,
    "events-now": SEES_HISTORY,
}


@cache  # the frame of every page asks for every address, and the table stands
def asked(name: str) -> Roles:
    """The roles that an address asks for in any relation: what a page offers in its navigation and its buttons."""
    asks = PERMISSIONS.get(name, frozenset())
    return asks.roles if isinstance(asks, Of) else asks


def opens(name: str, standings: Iterable[Standing], places: Iterable[Place]) -> bool:
    """Whether an address opens to these appointments for something of these places: what a page offers as a link."""
    asks, where = PERMISSIONS.get(name, frozenset()), tuple(places)
    if not isinstance(asks, Of):
        return any(one.role in asks for one in standings)
    return any(one.role in asks.by.get(nearest(one.organisation.path, where), frozenset()) for one in standings)


def known(kind: str) -> frozenset[Relation]:
    """From which relations an object of a kind may be known of: those to which any address of the kind opens."""
    return frozenset(
        near for asks in PERMISSIONS.values() if isinstance(asks, Of) and asks.kind == kind for near in asks.by
    )
