"""Data keys: one a household (or a received form), wrapped by the master key outside the data folder; and counted tries."""

from django.db import models

from huigong.values.uuid7 import uuid7


class DataKey(models.Model):
    """Encrypts the fields of one household; destroying it makes them unreadable for ever (erasure)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "数据钥匙"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.id)


class Try(models.Model):
    """试次: one counter of one span of time, under a keyed digest of what was tried there."""

    key = models.CharField("摘要", max_length=64, unique=True)
    number = models.PositiveIntegerField("次数")
    since = models.DateTimeField("起", db_index=True)

    class Meta:
        verbose_name = "试次"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.key[:8]
