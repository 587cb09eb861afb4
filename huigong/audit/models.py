"""Events: links of one append-only chain. Only `audit` touches these rows (import contract)."""

from django.db import models

from huigong.values.uuid7 import uuid7


class Event(models.Model):
    """One thing that happened. `digest` covers everything else and the digest before it (house.md, History)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=96, db_index=True)
    payload = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "留痕"
        verbose_name_plural = verbose_name
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"


class ChainHead(models.Model):
    """The one row that writers of events lock, so that the chain has one next link at a time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "链头"
        verbose_name_plural = verbose_name
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_chain_head"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"
