"""Accounts and transfers, after TigerBeetle: one amount from one account to one other, so books balance by construction.

Approval makes a pending transfer; the bank's answer adds a post or a void that names it; a later bounce is a reversal
of the post. Rows are never changed or deleted (guards.py). Only `ledger` touches them (import contract).
"""

from django.db import models

from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7


class Account(models.Model):
    """Where money stands: a fund source, what is promised to a federation's families, what a family received."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    may_be_overdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = "账户"
        verbose_name_plural = verbose_name
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Transfer(models.Model):
    """One amount, moved once. A single or pending stands alone; post, void and reversal name the transfer they settle."""

    class Kind(models.TextChoices):
        SINGLE = "single", "划转"
        PENDING = "pending", "待付"
        POST = "post", "付讫"
        VOID = "void", "作废"
        REVERSAL = "reversal", "冲回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    fen = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="settled_by")
    code = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "划转"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(condition=models.Q(fen__gt=0), name="a_transfer_moves_a_positive_amount"),
            models.CheckConstraint(condition=~models.Q(debit=models.F("credit")), name="a_transfer_has_two_accounts"),
            models.CheckConstraint(
                condition=models.Q(kind__in=("single", "pending"), of=None)
                | models.Q(kind__in=("post", "void", "reversal"), of__isnull=False),
                name="a_post_void_or_reversal_names_its_transfer",
            ),
            models.UniqueConstraint(
                fields=("of",), condition=models.Q(kind__in=("post", "void")), name="a_pending_transfer_is_settled_once"
            ),
            models.UniqueConstraint(
                fields=("of",), condition=models.Q(kind="reversal"), name="a_post_is_reversed_once"
            ),
        )

    def __str__(self) -> str:
        return self.reference
