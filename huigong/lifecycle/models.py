"""What every row with a status has. No table of its own."""

from django.db import models


class Staged(models.Model):
    """A row that moves through its NEXT table; only `lifecycle.actions` assigns `status`."""

    status = models.CharField("状态", max_length=24)
    status_since = models.DateTimeField("状态起始")
    version = models.PositiveIntegerField("版本", default=0)

    class Meta:
        abstract = True
