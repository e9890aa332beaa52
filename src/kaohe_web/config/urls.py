"""Every address of the platform."""

from django.urls import include, path

handler400 = "kaohe_web.web.shell.errors.show_bad_request"
handler404 = "kaohe_web.web.shell.errors.show_not_found"
handler403 = "kaohe_web.web.shell.errors.show_forbidden"
handler500 = "kaohe_web.web.shell.errors.show_failure"

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("kaohe_web.web.urls")),
]
