"""The WSGI door: what granian or waitress serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huigong.web.settings")
application = get_wsgi_application()
