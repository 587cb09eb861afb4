"""Names of payees go with the key under which their cards were sealed; batch, sum, transfer and the card's digest stay."""

from collections.abc import Collection

from huigong.payments.models import Payment
from huigong.values.names import GONE


def forget_names(references: Collection[str]) -> None:
    """Inside the transaction that destroys the family's key and writes it into history, which is what tells of this too."""
    Payment.objects.filter(case_reference__in=references).update(payee_name=GONE)
