"""Addresses of the log."""

from django.urls import path

from kaohe_web.web.audit import views

urlpatterns = [
    path("", views.list_events, name="audit"),
    path("<int:number>/", views.show_event, name="audit_event"),
    path("verify/", views.verify, name="verify_audit"),
    path("export/", views.export, name="export_audit"),
]
