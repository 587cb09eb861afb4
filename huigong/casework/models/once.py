"""办过的提交: which forms of pages took effect, so that one that comes a second time does nothing again."""

from django.db import models

from huigong.values.uuid7 import uuid7


class PostTaken(models.Model):
    """One form of one page that an officer sent and that took effect: written with the effect, or not at all.

    `number` was made when the page was drawn; with `address` it names one form of one drawing of a page.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sent_by = models.CharField("提交的人", max_length=64)
    address = models.CharField("提交到", max_length=300)
    number = models.CharField("表单号", max_length=32)
    led_to = models.CharField("办完到哪页", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "办过的提交"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("sent_by", "address", "number"), name="a_form_of_a_page_takes_effect_once"),
        )

    def __str__(self) -> str:
        return f"{self.address} {self.number}"
