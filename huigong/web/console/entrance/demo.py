"""The demo's own pages: step in as one of the cast, fetch a form to drop, alter a copy of the books, rebuild the city.

Outside the demo, and for whoever does not sit at this machine, none of them exists (404).
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import login
from django.contrib.messages import ERROR, SUCCESS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.organisations import actions as organisations
from huigong.runs import demo, demo_cast, demo_reset
from huigong.runs.altered_copy import altered_copy
from huigong.values.sentence import SaidError
from huigong.web.console.asking import tell
from huigong.web.console.entrance import scenes
from huigong.web.console.entrance.signing import BACKEND
from huigong.web.console.forms.forms import XLSX

_EVERY = 2  # seconds between two looks at a rebuilding


def only_in_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, **words: str) -> HttpResponse:
        if not scenes.in_the_demo(request):
            raise Http404
        return view(request, **words)

    return guarded


@only_in_the_demo
@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the one who plays a part, by a link that is made and used at once: history tells of both."""
    player = next((one for one in demo_cast.players() if one.part.key == request.POST.get("part")), None)
    if player is None:
        raise Http404
    token = organisations.one_time_sign_in(player.officer, by="system", at=timezone.now())
    login(request, organisations.redeem(token, at=timezone.now()), backend=BACKEND)
    to = request.POST.get("next", "")
    safe = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return redirect(to if safe else "today")


@only_in_the_demo
def sample(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001  every view is given its request
    if name not in demo.SAMPLES:
        raise Http404
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    content = demo.sample(name).read_bytes()
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@only_in_the_demo
def altered(request: HttpRequest) -> HttpResponse:
    """Asked: what will be done. Posted: it is done, and the verification's own sentence is shown."""
    shown: dict[str, object] = {}
    if request.method == "POST":
        try:
            found = altered_copy()
        except SaidError as error:
            tell(request, ERROR, error.sentence)
        else:
            language = get_language() or ""
            said = [one.in_language(language) for one in (found.chain, found.books) if one.zh]
            shown = {"found": found, "said": said}
    return render(request, "entrance/demo_altered.html", shown)


@only_in_the_demo
def reset(request: HttpRequest) -> HttpResponse:
    """Ask first; then build in the background while this page tells how far it is. Leaving it is safe."""
    if request.method == "POST" and request.POST.get("confirm") == "yes":
        demo_reset.begin()
        return redirect("demo-reset")
    told, running = demo_reset.told(), demo_reset.running()
    if told and told.is_done and not running:
        demo_reset.forget()
        tell(request, SUCCESS, _("演示城市重建好了，请重新进来。"))
        return redirect("sign-in")
    answer = render(request, "entrance/demo_reset.html", {"told": told, "running": running})
    if running:
        answer.headers["Refresh"] = str(_EVERY)
    return answer
