"""The dated school register: which level a school teaches, from when until when."""

from django.db import models

from huigong.values.uuid7 import uuid7


class School(models.Model):
    """A school of the dated register: its level between two days. The register decides the education level."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("学校名称", max_length=100)
    plain_name = models.CharField(max_length=100, db_index=True)
    level = models.CharField("就读阶段", max_length=24)
    valid_from = models.DateField("起", null=True)
    valid_until = models.DateField("止", null=True)
    source = models.CharField("出处", max_length=200)

    class Meta:
        verbose_name = "学校"
        verbose_name_plural = verbose_name
        ordering = ("name", "level")
        constraints = (models.UniqueConstraint(fields=("plain_name", "level"), name="a_school_stands_once_per_level"),)

    def __str__(self) -> str:
        return self.name
