"""The door for a WSGI server (never ASGI: persistent connections would exhaust PostgreSQL)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minhu.site.settings")
application = get_wsgi_application()
