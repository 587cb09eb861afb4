"""代码表: the words that a field of a file may hold, each between two days. A file keeps the words of its day."""

from django.db import models

from huigong.values.uuid7 import uuid7


class CodeWord(models.Model):
    """One word of a dated list, such as the hardship categories of 2012 to 2018."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list_name = models.CharField("代码表", max_length=40)
    code = models.CharField("代码", max_length=16)
    word = models.CharField("词", max_length=60)
    valid_from = models.DateField("起", null=True)
    valid_until = models.DateField("止", null=True)
    source = models.CharField("出处", max_length=200)
    english = models.CharField("英文", max_length=80, blank=True)

    class Meta:
        verbose_name = "代码词"
        verbose_name_plural = verbose_name
        ordering = ("list_name", "valid_from", "code", "id")
        indexes = (models.Index(fields=("list_name",), name="words_of_a_code_list"),)

    def __str__(self) -> str:
        return f"{self.list_name} {self.word}"
