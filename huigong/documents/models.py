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


class LegalHold(models.Model):
    """法律保全: why a paper, or a household file with all its papers, is not erased whatever its day, and who let it go again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="legal_holds")
    file_number = models.CharField("档案编号", max_length=40, blank=True, db_index=True)
    reason = models.CharField("事由", max_length=200)
    reference = models.CharField("依据文号", max_length=60)
    set_by = models.CharField("保全人", max_length=64)
    at = models.DateTimeField("时间")
    lifted_by = models.CharField("解除人", max_length=64, blank=True)
    lifted_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        verbose_name = "法律保全"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(lifted_by=models.F("set_by")), name="a_legal_hold_is_lifted_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(document=None, file_number__gt="")
                | models.Q(document__isnull=False, file_number=""),
                name="a_legal_hold_is_on_a_paper_or_a_file",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """What history calls the thing that is kept back."""
        return self.file_number or str(self.document_id)


class Erasure(models.Model):
    """到期销毁: the content of a paper is gone, by which rule; its row and its digest stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="erasure")
    rule = models.CharField("依据", max_length=100)
    erased_by = models.CharField("销毁人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "到期销毁"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.document_id}"
