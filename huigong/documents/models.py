"""Papers: originals and outputs, encrypted on disk under the digest of their content."""

from django.db import models

from huigong.values.uuid7 import uuid7
from huigong.vault.models import DataKey


class Document(models.Model):
    """One content, stored once. The file lies under HUIGONG_HOME/files, encrypted by its own data key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "材料"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name
