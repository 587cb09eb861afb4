"""Every model is called by a word of the glossary, and its class stands beside that word."""

import re
from types import SimpleNamespace

import pytest
from django.apps import apps

from tests.architecture.house import HERE

GLOSSARY = HERE / "docs" / "reference" / "glossary.md"
BETWEEN = re.compile(r"[/：、]|（[^（）]*）")


def words(text):
    """What the left column teaches: each term, with the class names of its line."""
    known = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3:
            classes = set(re.findall(r"`(\w+)`", cells[1] + cells[2]))
            for term in BETWEEN.split(cells[0]):
                known.setdefault(term.strip(), set()).update(classes)
    return known


def strangers(models, text):
    """Models whose word the glossary does not have, or has for something else."""
    known = words(text)
    return [
        f"{model.__name__}: {model._meta.verbose_name}"
        for model in models
        if model.__name__ not in known.get(str(model._meta.verbose_name), set())
    ]


def own_models():
    """The product's models; sample tables that live only in tests are not among them."""
    own = [model for model in apps.get_models() if model.__module__.startswith("huigong.")]
    return [model for model in own if ".tests." not in model.__module__]


def test_every_model_is_called_by_a_word_of_the_glossary():
    assert len(own_models()) > 25
    assert strangers(own_models(), GLOSSARY.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("name", "word"), [("Event", "日志记录"), ("Event", "活动"), ("LogRecord", "留痕")])
def test_an_invented_word_or_one_of_another_model_is_found(name, word):
    model = SimpleNamespace(__name__=name, _meta=SimpleNamespace(verbose_name=word))
    assert strangers([model], GLOSSARY.read_text(encoding="utf-8")) == [f"{name}: {word}"]


def test_every_class_in_the_glossary_exists_or_is_planned():
    """A class that was renamed may not live on in the glossary."""
    planned = {"Grievance", "Service", "ServicePlan", "Circular", "Clause", "Enrolment", "Employer"}
    planned |= {"BenefitCard", "ConcessionCertificate"}
    named = {one for classes in words(GLOSSARY.read_text(encoding="utf-8")).values() for one in classes}
    classes = {one for one in named if re.fullmatch("[A-Z][A-Za-z]+", one)}
    assert classes - planned - {model.__name__ for model in own_models()} == set()
