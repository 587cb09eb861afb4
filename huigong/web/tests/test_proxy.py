"""Whose address counts: the asker's that the trusted server names, and nobody's own word for it."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from huigong.web.often import OF_AN_ADDRESS
from huigong.web.proxy import ProxyMiddleware

PROXY, FAMILY, OTHER = "127.0.0.1", "203.0.113.9", "203.0.113.10"


@pytest.mark.parametrize(
    ("trusted", "asks_from", "told", "counts"),
    [
        (PROXY, PROXY, FAMILY, FAMILY),
        (PROXY, PROXY, f"198.51.100.1, {FAMILY}", FAMILY),
        (PROXY, PROXY, " 2001:DB8::9 ", "2001:db8::9"),
        (PROXY, PROXY, "unknown", PROXY),
        (PROXY, PROXY, f"{FAMILY},", PROXY),
        (PROXY, PROXY, "", PROXY),
        (PROXY, OTHER, FAMILY, OTHER),
        ("", PROXY, FAMILY, PROXY),
        ("", "", FAMILY, ""),
    ],
    ids=[
        "named",
        "said by the browser before",
        "IPv6",
        "no address",
        "empty end",
        "unsaid",
        "stranger",
        "unset",
        "none",
    ],
)
def test_the_last_address_counts_where_the_trusted_server_says_it(rf, settings, trusted, asks_from, told, counts):
    settings.TRUSTED_PROXY = trusted
    request = rf.get("/", REMOTE_ADDR=asks_from, **({"HTTP_X_FORWARDED_FOR": told} if told else {}))
    ProxyMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == counts


def test_behind_the_server_one_family_does_not_use_up_the_tries_of_another(db, client, settings):
    settings.TRUSTED_PROXY = PROXY

    def confirm(number, family):
        told = {"number": number, "code": "ABCDEFGH"}
        forwarded = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": family}
        return client.post(reverse("confirm"), told, **forwarded).status_code

    for place in range(OF_AN_ADDRESS):
        assert confirm(f"D450400-2017-{place + 100}", FAMILY) == 422
    assert confirm("D450400-2017-00001", FAMILY) == 429
    assert confirm("D450400-2017-00001", OTHER) == 422
