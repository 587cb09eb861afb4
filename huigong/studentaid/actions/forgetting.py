"""Names go with the key: once nothing of a case opens any more, nothing says whose it was. References, sums and digests stay."""

from collections.abc import Collection

from huigong.studentaid.models import Application, Award
from huigong.values.names import GONE


def forget_names(references: Collection[str]) -> None:
    """Inside the transaction that destroys the family's key and writes it into history, which is what tells of this too."""
    Application.objects.filter(reference__in=references).update(student_name=GONE, worker_name=GONE)
    Award.objects.filter(application__reference__in=references).update(payee_name=GONE)
