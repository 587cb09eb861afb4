"""An employment centre of the city on 7 August 2017, and its officer at the pages."""

import pytest

from huigong.employment.tests.served import Centre
from huigong.web.tests.employment.sat_down import BACKEND


@pytest.fixture
def centre(city, huang, at, on):
    on(8, 7)
    return Centre(city, huang, at=at)


@pytest.fixture
def desk(client, centre):
    client.force_login(centre.officer, backend=BACKEND)
    return client
