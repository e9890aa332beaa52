"""Addresses of what the frame needs."""

from django.urls import path

from kaohe_web.web.shell import views

urlpatterns = [
    path("post/", views.choose_post, name="choose_post"),
    path("language/", views.choose_language, name="choose_language"),
]
