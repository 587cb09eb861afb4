"""What stands about money, read past the product's own way of asking: by plain SQL, and out of the bank's file."""

from typing import Any

from django.db import connection

from huigong.payments import queries as of_payments
from huigong.payments.models import PaymentBatch

MONEY = (
    "SELECT id, status, version, reply_id, reason FROM payments_payment ORDER BY id",
    "SELECT id, status, version FROM payments_paymentbatch ORDER BY id",
    "SELECT reference, fen, kind, debit_id, credit_id FROM ledger_transfer ORDER BY reference",
    "SELECT id, reason, lifted_at FROM payments_hold ORDER BY id",
    "SELECT id FROM payments_bankreply ORDER BY id",
    "SELECT id FROM payments_filetaking ORDER BY id",
)
STANDING_TWICE = (
    "SELECT case_reference FROM payments_payment WHERE status IN ('released', 'unknown', 'paid') "
    "GROUP BY case_reference HAVING COUNT(*) > 1"
)
TOTALS = (
    "SELECT batch.number, document.sha256, MAX(batch.declared_count), MAX(batch.declared_fen), COUNT(payment.id), "
    "SUM(payment.fen), SUM(transfer.fen) FROM payments_paymentbatch batch "
    "JOIN documents_document document ON document.id = batch.document_id "
    "LEFT JOIN payments_payment payment ON payment.batch_id = batch.id "
    "LEFT JOIN ledger_transfer transfer ON transfer.reference = payment.transfer_reference AND transfer.kind = 'pending' "
    "GROUP BY batch.number, document.sha256"
)


def asked(question: str) -> list[tuple[Any, ...]]:
    """Straight from the database, past the product's own way of asking."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def in_file(number: str) -> tuple[int, int]:
    """Lines and fen of the file that went to the bank."""
    batch = PaymentBatch.objects.select_related("document").get(number=number)
    amounts = [line.split("|")[3] for line in of_payments.file_of(batch).decode("gbk").splitlines()]
    return len(amounts), sum(int(text.replace(".", "")) for text in amounts)
