"""Addresses of all pages, column by column."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kaohe_web.web.shell.urls")),
    path("", include("kaohe_web.web.desk.urls")),
    path("organisation/", include("kaohe_web.web.organisation.urls")),
    path("schemes/", include("kaohe_web.web.schemes.urls")),
    path("collection/", include("kaohe_web.web.collection.urls")),
    path("matters/", include("kaohe_web.web.matters.urls")),
    path("assessment/", include("kaohe_web.web.assessment.urls")),
    path("evidence/", include("kaohe_web.web.evidence.urls")),
    path("notices/", include("kaohe_web.web.notices.urls")),
    path("people/", include("kaohe_web.web.accounts.urls")),
    path("audit/", include("kaohe_web.web.audit.urls")),
]
