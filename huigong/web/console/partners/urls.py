"""Addresses: comparisons with other departments."""

from django.urls import URLPattern, path

from huigong.web.console.partners import views

urlpatterns: list[URLPattern] = [
    path("partners/", views.exchanges, name="exchanges"),
    path("partners/begin/", views.exchange_begin, name="exchange-begin"),
    path("partners/tool/", views.partners_tool, name="partners-tool"),
    path("partners/<uuid:pk>/", views.exchange, name="exchange"),
    path("partners/<uuid:pk>/invitation/", views.exchange_invitation, name="exchange-invitation"),
    path("partners/<uuid:pk>/letter/", views.exchange_letter, name="exchange-letter"),
    path("partners/<uuid:pk>/reply/", views.exchange_reply, name="exchange-reply"),
    path("partners/<uuid:pk>/answer/", views.exchange_answer, name="exchange-answer"),
    path("partners/<uuid:pk>/learn/", views.exchange_learn, name="exchange-learn"),
    path("partners/<uuid:pk>/end/", views.exchange_end, name="exchange-end"),
    path("partners/<uuid:pk>/hits/<uuid:hit>/", views.exchange_settle, name="exchange-settle"),
]
