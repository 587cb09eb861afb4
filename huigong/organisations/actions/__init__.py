"""Found a city, change its tree, appoint people and let them in, stand in for somebody, hand over, sign on paper."""

from huigong.organisations.actions.appointing import ADMINISTRATORS, KeptApartError, add_officer, appoint, end
from huigong.organisations.actions.founding import (
    PENDING_CODE,
    PENDING_NAME,
    UnitRow,
    found_city,
    found_federation,
    import_units,
    pending_city,
    pending_federation,
    set_telephone,
)
from huigong.organisations.actions.joining import (
    INVITATION_DAYS,
    SIGN_IN_HOURS,
    invite,
    join,
    let_in,
    one_time_sign_in,
    redeem,
    set_password,
)
from huigong.organisations.actions.leaving import deputise, hand_over
from huigong.organisations.actions.proving import (
    NotProvenError,
    address_of,
    code_at,
    enrol,
    new_secret,
    try_code,
    withdraw_factor,
)
from huigong.organisations.actions.signing import confirm_sheet, enter_sheet, reject_sheet
from huigong.organisations.actions.taking import take_people, take_units
from huigong.organisations.actions.tree import add_unit, merge, move, place_under_centre, rename

__all__ = [
    "ADMINISTRATORS",
    "INVITATION_DAYS",
    "PENDING_CODE",
    "PENDING_NAME",
    "SIGN_IN_HOURS",
    "KeptApartError",
    "NotProvenError",
    "UnitRow",
    "add_officer",
    "add_unit",
    "address_of",
    "appoint",
    "code_at",
    "confirm_sheet",
    "deputise",
    "end",
    "enrol",
    "enter_sheet",
    "found_city",
    "found_federation",
    "hand_over",
    "import_units",
    "invite",
    "join",
    "let_in",
    "merge",
    "move",
    "new_secret",
    "one_time_sign_in",
    "pending_city",
    "pending_federation",
    "place_under_centre",
    "redeem",
    "reject_sheet",
    "rename",
    "set_password",
    "set_telephone",
    "take_people",
    "take_units",
    "try_code",
    "withdraw_factor",
]
