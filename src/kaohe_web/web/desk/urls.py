"""The first page."""

from django.urls import path

from kaohe_web.web.desk import views

urlpatterns = [path("", views.show_desk, name="desk")]
