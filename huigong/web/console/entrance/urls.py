"""Addresses: signing in, Today, the second factor, the demo."""

from django.urls import URLPattern, path

from huigong.web.console.entrance import demo, proving, signing, today

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-in/<str:token>/", signing.sign_in_once, name="sign-in-once"),
    path("sign-out/", signing.SignOut.as_view(), name="sign-out"),
    path("second-factor/", proving.second_factor, name="second-factor"),
    path("second-factor/picture/", proving.second_factor_picture, name="second-factor-picture"),
    path("people/<uuid:pk>/factor/withdraw/", proving.person_factor_withdraw, name="person-factor-withdraw"),
    path("demo/step-in/", demo.step_in, name="demo-step-in"),
    path("demo/forms/<str:name>", demo.sample, name="demo-sample"),
    path("demo/altered/", demo.altered, name="demo-altered"),
    path("demo/reset/", demo.reset, name="demo-reset"),
]
