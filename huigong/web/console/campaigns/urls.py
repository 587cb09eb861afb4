"""Addresses: a campaign, its steps, its downloads, who is left out."""

from django.urls import URLPattern, path

from huigong.web.console.campaigns import campaign, doing, downloads, left_out, steering

urlpatterns: list[URLPattern] = [
    path("campaigns/<str:code>/", campaign.campaign, name="campaign"),
    path("campaigns/<str:code>/steps/submit/", steering.step_submit, name="step-submit"),
    path("campaigns/<str:code>/steps/verify/", steering.step_verify, name="step-verify"),
    path("campaigns/<str:code>/steps/share/", steering.step_share, name="step-share"),
    path("campaigns/<str:code>/steps/publish/", steering.step_publish, name="step-publish"),
    path("campaigns/<str:code>/steps/now/", doing.step_now, name="step-now"),
    path("campaigns/<str:code>/downloads/", downloads.downloads, name="downloads"),
    path("campaigns/<str:code>/downloads/<path:name>", downloads.download, name="download"),
    path("campaigns/<str:code>/left-out/", left_out.campaign_left_out, name="left-out"),
    path("campaigns/<str:code>/left-out/take/", left_out.left_out_take, name="left-out-take"),
    path("households/<uuid:pk>/visit/", left_out.household_visit, name="household-visit"),
]
