"""Addresses of people and posts, and of one's own account."""

from django.urls import path

from kaohe_web.web.accounts import own, people

urlpatterns = [
    path("", people.list_people, name="people"),
    path("add/", people.add_person, name="add_person"),
    path("<int:person_key>/", people.show_person, name="person"),
    path("<int:person_key>/open/", people.open_account, name="open_account"),
    path("accounts/<int:account_key>/close/", people.close_account, name="close_account"),
    path("accounts/<int:account_key>/reset/", people.reset_password, name="reset_password"),
    path("<int:person_key>/grant/", people.grant_post, name="grant_post"),
    path("posts/<int:post_key>/revoke/", people.revoke_post, name="revoke_post"),
    path("me/", own.show_account, name="my_account"),
    path("me/password/", own.change_password, name="change_password"),
    path("me/delegate/", own.delegate_post, name="delegate_post"),
    path("me/delegations/<int:delegation_key>/end/", own.end_delegation, name="end_delegation"),
    path("me/sessions/end/", own.end_sessions, name="end_sessions"),
]
