"""An objection to somebody who was paid is upheld, so that the money is asked back; prints the case (`python -m`, in a demo's folder)."""

from uuid import UUID

import django
from django.utils import timezone


def asked_back() -> str:
    django.setup()
    from huigong.grievances import actions as grievances  # noqa: PLC0415  models exist only after setup
    from huigong.organisations import actions as organisations  # noqa: PLC0415
    from huigong.organisations.models import Officer  # noqa: PLC0415
    from huigong.payments.models import Payment  # noqa: PLC0415
    from huigong.studentaid import actions as studentaid  # noqa: PLC0415

    row, at = (
        Payment.objects.filter(status="paid").select_related("batch__campaign__federation").latest("pk"),
        timezone.now(),
    )
    campaign, reference = row.batch.campaign, row.case_reference
    # 覃 approved it and 黄 verified it: somebody else looks into what is said.
    long, qin = (
        organisations.add_officer("龙", role="approver", organisation=campaign.federation, by="system", at=at),
        Officer.objects.get(name="覃"),
    )
    told = grievances.Told("objection", "visit", "这家去年买了第二套房", case_reference=reference)
    one = grievances.record(campaign, told, submission=UUID(int=2026), officer=qin.username, at=at)
    one = studentaid.assign_grievance(one, long, case_reference=reference, officer=qin, at=at)
    answer = grievances.Answer("查过不动产登记，属实。", ["二(四)"])
    studentaid.answer_grievance(one, answer, upheld="yes", officer=long, at=at)
    return reference


if __name__ == "__main__":
    print(asked_back())
