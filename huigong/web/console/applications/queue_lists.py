"""常用名单: keep the filters of a list under a name, for oneself or for the office, and drop it again."""

from django.contrib.messages import ERROR, SUCCESS
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.casework import actions as casework
from huigong.web.console.applications.filters import asked
from huigong.web.console.asking import OfficerRequest, campaign_or_404, tell

_LONGEST = 600


@require_POST
def list_save(request: OfficerRequest, code: str) -> HttpResponse:
    """Only what the filters understand is kept: nobody's address is, and no identity number."""
    campaign, name = campaign_or_404(request, code), request.POST.get("name", "").strip()[:40]
    query = asked(QueryDict(request.POST.get("query", "")[:2000].removeprefix("?"))).query
    if not name or query == "?" or len(query) > _LONGEST:
        tell(request, ERROR, _("还没有存：名称要写，条件至少选一个。"))
        return redirect("applications", code)
    share = request.POST.get("share") == "yes"
    casework.save_list(name, campaign_code=campaign.code, query=query, share=share, officer=request.user)
    tell(request, SUCCESS, _("存好了：%(name)s。") % {"name": name})
    return redirect(reverse("applications", args=[code]) + query)


@require_POST
def list_drop(request: OfficerRequest, code: str) -> HttpResponse:
    """One's own; a colleague's stays, whatever is posted."""
    campaign = campaign_or_404(request, code)
    casework.drop_list(request.POST.get("name", "")[:40], campaign_code=campaign.code, officer=request.user)
    return redirect("applications", code)


@require_POST
def list_density(request: OfficerRequest) -> HttpResponse:
    """Wide or narrow rows, from now on and on every machine; back to the list as it was."""
    casework.like_it(request.user, dense=request.POST.get("dense") == "yes")
    back = request.POST.get("back", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "today")
