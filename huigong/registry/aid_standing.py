"""Ask which aid stands: what was given less what came back. Aid that came back whole is history and meets no need."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from huigong.registry.models import AidGiven, AidReturn


def with_what_remains(rows: QuerySet[AidGiven]) -> QuerySet[Any, Any]:
    """These records, each with the fen that came back (`came_back`) and the fen that the family still has (`remains`)."""
    returned = AidReturn.objects.filter(aid=OuterRef("pk")).order_by().values("aid").annotate(sum=Sum("fen"))
    told = rows.annotate(came_back=Coalesce(Subquery(returned.values("sum")), 0))
    return told.annotate(remains=F("fen") - F("came_back"))


def standing_aid() -> QuerySet[Any, Any]:
    """Records of which something remains: what counts wherever it is asked what a family has had."""
    return with_what_remains(AidGiven.objects.all()).filter(remains__gt=0)
