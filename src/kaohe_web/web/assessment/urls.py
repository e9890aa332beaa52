"""Addresses of rehearsals and of the snapshots they use."""

from django.urls import path

from kaohe_web.web.assessment import views

urlpatterns = [
    path("", views.list_all, name="assessment"),
    path("snapshots/<int:version_key>/", views.keep_data, name="keep_data"),
    path("ask/<int:version_key>/", views.ask, name="ask_rehearsal"),
    path("<int:rehearsal_key>/", views.show, name="rehearsal"),
    path("<int:rehearsal_key>/progress/", views.show_progress, name="rehearsal_progress"),
    path("<int:rehearsal_key>/stop/", views.stop, name="stop_rehearsal"),
    path("<int:rehearsal_key>/moves/<str:unit_code>/", views.show_move, name="rehearsal_move"),
]
