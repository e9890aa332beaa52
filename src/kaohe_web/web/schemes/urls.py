"""Addresses of schemes: list, import, editor, consultation, adoption, amendment, targets."""

from django.urls import path

from kaohe_web.web.schemes import acts, views

urlpatterns = [
    path("", views.list_all, name="schemes"),
    path("import/", views.import_file, name="import_scheme"),
    path("<int:version_key>/", views.show, name="scheme"),
    path("<int:version_key>/edit/<str:sheet>/", views.edit, name="edit_scheme"),
    path("<int:version_key>/save/", acts.save_cells, name="save_scheme"),
    path("<int:version_key>/line/", acts.add_line, name="add_scheme_line"),
    path(
        "<int:version_key>/line/<int:line_key>/remove/", acts.remove_line, name="remove_scheme_line"
    ),
    path("<int:version_key>/rules/", views.show_rules, name="scheme_rules"),
    path("<int:version_key>/file/<str:ending>/", views.export, name="export_scheme"),
    path("<int:version_key>/consult/", acts.open_consultation, name="open_consultation"),
    path("<int:version_key>/consultation/", views.show_consultation, name="consultation"),
    path("<int:version_key>/consultation/answer/", acts.answer, name="answer_consultation"),
    path(
        "<int:version_key>/consultation/close/", acts.close_consultation, name="close_consultation"
    ),
    path("answers/<int:answer_key>/reply/", acts.reply, name="reply_answer"),
    path("<int:version_key>/adopt/", acts.adopt, name="adopt_scheme"),
    path("<int:version_key>/amend/", acts.amend, name="amend_scheme"),
    path("<int:version_key>/withdraw/", acts.withdraw, name="withdraw_scheme"),
    path("<int:version_key>/differences/", views.show_differences, name="scheme_differences"),
    path("<int:version_key>/targets/", views.show_targets, name="targets"),
    path("<int:version_key>/targets/set/", acts.set_target, name="set_target"),
    path("targets/<int:target_key>/request/", acts.request_target, name="request_target"),
    path("requests/<int:request_key>/decide/", acts.decide_target, name="decide_target"),
]
