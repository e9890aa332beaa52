"""The way in for a web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kaohe_web.config.proxies import trust_proxies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaohe_web.config.settings")
application = trust_proxies(get_wsgi_application(), settings.PROXIES)
