"""回执试填: how often the public page of receipts was tried, by keyed digests: nobody's address and no file number is kept."""

from django.db import models


class ReceiptTry(models.Model):
    """One counter of one hour: of an address, or of a file number."""

    key = models.CharField("摘要", max_length=64, unique=True)
    number = models.PositiveIntegerField("次数")
    since = models.DateTimeField("起", db_index=True)

    class Meta:
        verbose_name = "回执试填"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.key[:8]
