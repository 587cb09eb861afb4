"""Cases of the campaign at work by what they are here for."""

BACKEND = "django.contrib.auth.backends.ModelBackend"
WEI, LATE, TWICE, TWICE_TOO = (
    f"SA-{number}" for number in ("450422-2017-00001", "450406-2017-00002", "450422-2017-00002", "450403-2017-00003")
)
TIED, EIGHTH, NO_FILE = (f"SA-{number}" for number in ("450423-2017-00001", "450422-2017-00008", "450400-2017-00001"))
REASON = "单位停产搬迁，表在路上，8月9日已寄出"
