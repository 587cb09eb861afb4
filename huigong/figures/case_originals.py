"""The papers that came from outside with one case: scans, forms, minutes, signed sheets, board statements, the bank's files.

Every one that the case ever rested on, also where it was approved twice, revoked, or paid and given back.
"""

from collections.abc import Iterator

from huigong.approvals import queries as approvals
from huigong.casework import queries as casework
from huigong.documents.models import Document
from huigong.payments import queries as payments
from huigong.publicnotices import queries as publicnotices
from huigong.studentaid import queries as studentaid
from huigong.studentaid.models import Application

OF_MONEY = frozenset({"银行代发文件", "银行回单", "纪要", "签字的审批表"})


def originals_of(one: Application) -> Iterator[tuple[str, Document, bool]]:
    """What came from outside: title, document, and whether it serves other students too."""
    for scan in casework.scans_of(one.reference):
        yield "材料", scan.document, False
    for submission in studentaid.submissions_of([one]).get(one.pk, []):
        yield "登记表原件", submission.row.form.document, True
    for posting in publicnotices.hung_for(one.reference, one.unit.path):
        for word, document in (("公示情况说明", posting.statement), ("公示照片", posting.photograph)):
            if document is not None:
                yield word, document, True
    yield from _of_approval(one)
    for batch in payments.files_of(one.reference):
        if batch.document is not None:
            yield "银行代发文件", batch.document, True
        for reply in batch.replies.select_related("document").order_by("number"):
            yield "银行回单", reply.document, True


def _of_approval(one: Application) -> Iterator[tuple[str, Document, bool]]:
    for form in approvals.approvals_by_which(one.reference):
        yield "纪要", form.scan, True
        for state in approvals.states_of(form):
            if state.opinion is not None and state.opinion.sheet is not None:
                yield "签字的审批表", state.opinion.sheet.scan, True
