"""A form that makes something anew does it once, however often it is sent: `{% once %}` in it, `once` in its view (decision 334)."""

import re
from collections.abc import Callable

from django.contrib.messages import ERROR, WARNING
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.casework import actions as casework
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell

FIELD = "once"
_NUMBER = re.compile(r"[0-9a-f]{32}")


def number_sent(request: HttpRequest) -> str:
    """The number that a form was drawn with; empty for one that carries none, as a script's does."""
    said = request.POST.get(FIELD, "")
    return said if _NUMBER.fullmatch(said) else ""


def sent_once(request: OfficerRequest, do: Callable[[], str]) -> HttpResponseRedirect:
    """Do it and go where it leads; a form that did it before only leads there again. Raises what `do` raises: then nothing
    was done, and the same form may come again.
    """
    number, address, at = number_sent(request), request.path[:300], timezone.now()
    if not number:
        return redirect(do())
    led_to, before = casework.do_once(number, do, address=address, officer=request.user, at=at)
    if before:
        said = _("这一张 %(time)s 已经办好了，没有再办第二次。确实要再办一次的，请在打开的页面上重新填。")
        tell(request, WARNING, said % {"time": f"{timezone.localtime(before):%H:%M}"})
    return redirect(led_to)


def once(
    request: OfficerRequest, do: Callable[[], str], *, back: str, refused: Callable[[], object] = lambda: None
) -> HttpResponseRedirect:
    """The same, and back where it came from with the reason, where it is refused; `refused` is called before."""
    try:
        return sent_once(request, do)
    except SaidError as error:
        refused()
        tell(request, ERROR, error.sentence)
        return redirect(back)
