"""Sign in with a password or with a link that works once, and sign out."""

from typing import Any

from django import forms
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from huigong.organisations import actions as organisations
from huigong.values.sentence import SaidError
from huigong.web.console.entrance import scenes

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(AuthenticationForm):
    """Django's own, whose name is held to the length that a name may have: the count of failures keeps no longer one."""

    username = UsernameField(max_length=64, widget=forms.TextInput(attrs={"autofocus": True}))


class SignIn(LoginView):
    authentication_form = SignInForm
    template_name = "entrance/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        return super().get_context_data(**words) | {"demo": scenes.card(self.request)}


class SignOut(LogoutView):
    next_page = "sign-in"


def sign_in_once(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link only asks; the button uses it up, so that a preview of the link does not."""
    if request.method != "POST":
        return render(request, "entrance/sign_in_once.html")
    try:
        officer = organisations.redeem(token, at=timezone.now())
    except SaidError as error:
        said = error.sentence.in_language(get_language() or "")
        return render(request, "entrance/sign_in_once.html", {"said": said}, status=410)
    login(request, officer, backend=BACKEND)
    return redirect("today")
