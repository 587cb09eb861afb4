"""A NUL in an address, a query or a field is refused on every database alike; every other text is let through."""

import pytest
from django.urls import reverse

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def signed_in(client, huang):
    client.force_login(huang, backend=BACKEND)
    return client


@pytest.mark.parametrize("address", ["/campaigns/%00/", "/campaigns/x/applications/?q=a%00b", "/?%00=1"])
def test_an_address_with_a_nul_is_refused(signed_in, address):
    assert signed_in.get(address).status_code == 400


def test_a_field_with_a_nul_is_refused(signed_in):
    assert signed_in.post(reverse("language"), {"language": "en", "next": "/\x00"}).status_code == 400


@pytest.mark.parametrize("text", ["𬭚䶮", "a\r\nb", "\u202e", "'"])
def test_other_odd_text_is_let_through(signed_in, text):
    assert signed_in.get("/", {"q": text}).status_code == 200
