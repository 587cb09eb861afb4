"""The second factor of those who approve and pay: a secret in their authenticator, which gives a code every half minute."""

from django.db import models

from huigong.organisations.models.people import Officer
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class SecondFactor(models.Model):
    """动态码: an officer's authenticator (RFC 6238). One is in force at a time; an old one stays, withdrawn by somebody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="factors", verbose_name="经办人")
    secret = EncryptedTextField("密钥", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField("登记时间")
    withdrawn_by = models.CharField("撤销人", max_length=64, blank=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True)
    last_step = models.BigIntegerField("用过的最后一个时段")
    """A code is taken once: nobody uses one again that was seen over a shoulder."""
    wrong = models.PositiveSmallIntegerField("连续错了几次", default=0)
    closed_until = models.DateTimeField("关到", null=True)

    class Meta:
        verbose_name = "动态码"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("officer",), condition=models.Q(withdrawn_at=None), name="an_officer_has_one_second_factor"
            ),
        )

    def __str__(self) -> str:
        return str(self.officer)
