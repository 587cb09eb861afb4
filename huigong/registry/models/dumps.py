"""国家系统导出表: what the national system said of many files on a day, kept to be held against them field by field."""

from django.db import models

from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class NationalDump(models.Model):
    """One export of the national system that was dropped in: its rows as texts by field, encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=100)
    files = models.PositiveIntegerField("户数")
    rows = EncryptedTextField("内容", kind="json")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "国家系统导出表"
        verbose_name_plural = verbose_name
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.name
