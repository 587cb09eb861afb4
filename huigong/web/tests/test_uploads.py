"""A length of a body that is no length breaks no page."""

import pytest
from django.test import RequestFactory

from huigong.web import uploads


@pytest.mark.parametrize(
    ("length", "large"),
    [
        ("", False),
        ("abc", False),
        ("-5", False),
        ("²", False),
        ("60000000", False),
        ("60000001", True),
        ("9" * 5000, True),
    ],
)
def test_only_a_length_above_the_most_is_too_large(length, large):
    request = RequestFactory().post("/", {})
    request.META["CONTENT_LENGTH"] = length
    assert uploads.is_too_large(request) is large
