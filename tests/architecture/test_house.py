"""The laws of the house that imports cannot show; each is also shown to fail on a bad sample."""

import ast
import re

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey

from tests.architecture import house

FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "base", "misc", "services", "service", "manager", "managers"}
# The outermost loops, where one bad file or one failed command is told and the rest goes on (house.md, style 13).
OUTERMOST = {"commands/__init__.py"}


def every(find, *, skip=()):
    return [
        f"{path.relative_to(house.HERE)}:{hit}"
        for path in house.modules()
        if not any(path.relative_to(house.CODE).as_posix().startswith(room) for room in skip)
        for hit in find(path.read_text(encoding="utf-8"))
    ]


def test_only_lifecycle_assigns_a_status():
    assert every(house.status_writes, skip=("lifecycle/",)) == []


@pytest.mark.parametrize("bad", ["row.status = 'paid'", "rows.update(status='paid')", "setattr(row, 'status', 'paid')"])
def test_a_status_assigned_elsewhere_is_found(bad):
    assert house.status_writes(bad) == [1]


def test_every_atomic_action_records_an_event():
    silent = [
        f"{path.relative_to(house.CODE)}:{name}"
        for path in house.modules()
        if path.stem == "actions" or path.parent.name == "actions"
        for name in house.silent_actions(path.read_text(encoding="utf-8"))
        if path.relative_to(house.CODE).parts[0] not in {"vault", "audit", "lifecycle"}
    ]
    assert silent == []


def test_a_silent_action_is_found():
    bad = "@transaction.atomic\ndef pay(payment):\n    payment.save()\n\n\n@transaction.atomic\ndef say(row):\n    audit.record('x')\n"
    assert house.silent_actions(bad) == ["pay"]


def test_there_is_one_signal_receiver_and_it_installs_the_guards():
    assert len(every(house.receivers)) <= 1


@pytest.mark.parametrize(
    "bad", ["@receiver(post_save)\ndef f(): ...", "post_migrate.connect(f)", "signals.post_save.connect(f)"]
)
def test_a_receiver_is_found(bad):
    assert house.receivers(bad)


def test_nothing_is_swallowed():
    assert [hit for hit in every(house.swallowed) if not any(f"huigong/{outer}" in hit for outer in OUTERMOST)] == []


def test_a_swallowed_error_is_found():
    assert house.swallowed("try:\n    f()\nexcept Exception:\n    pass") == [3]


def links():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model:
                yield (
                    f"{model._meta.app_label}.{model.__name__}",
                    f"{field.related_model._meta.app_label}.{field.related_model.__name__}",
                )


def test_foreign_keys_point_down():
    assert house.upward_keys(links()) == []


def test_a_key_pointing_up_or_sideways_is_found():
    assert house.upward_keys(iter([("registry.Household", "studentaid.Application")])) != []
    assert house.upward_keys(iter([("intake.FormRow", "payments.Payment")])) != []


def test_no_generic_foreign_keys():
    assert [
        model
        for model in apps.get_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ] == []


def test_every_module_says_what_it_is():
    assert [
        str(path)
        for path in house.modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) and path.read_text().strip()
    ] == []


def test_no_room_has_a_name_that_says_nothing():
    names = {part.removesuffix(".py") for path in house.modules() for part in path.relative_to(house.CODE).parts}
    assert names & FORBIDDEN_NAMES == set()


def test_every_room_stands_on_a_floor():
    rooms = {path.name for path in house.CODE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert rooms == set(house.FLOOR_OF)


def test_templates_never_link_upwards():
    wrong = [
        f"{page}: {name}"
        for page in house.CODE.glob("*/templates/**/*.html")
        for name in re.findall(r"{% url ['\"]([a-z_]+):", page.read_text(encoding="utf-8"))
        if house.FLOOR_OF.get(name, -1) > house.FLOOR_OF[page.relative_to(house.CODE).parts[0]]
    ]
    assert wrong == []
