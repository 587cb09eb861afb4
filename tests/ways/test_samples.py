"""The filled forms and the campaign that lie beside a checkout, held against their truth by the judges that come with them.

The project depends on nothing outside itself: where they are absent these tests are skipped.
"""

import shutil
import subprocess
import sys

import pytest

from tests.ways.folders import ROOT
from tests.ways.test_killed_and_shuffled import Installation

SAMPLES = ROOT.parent / "shared" / "samples"
pytestmark = [
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside this checkout"),
    pytest.mark.skipif(
        shutil.which("soffice") is None, reason="LibreOffice is not installed: one sample is an old .doc"
    ),
]


def judged(*command):
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()[-1]


def test_every_cell_of_the_sample_forms_is_read_and_every_problem_told(tmp_path):
    forms = sorted(path for path in (SAMPLES / "forms-2017").iterdir() if path.name != "truth.json")
    command = [sys.executable, "-m", "huigong", "forms", "read", *map(str, forms), "--json"]
    read = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    (tmp_path / "out.json").write_bytes(read.stdout)

    last = judged(SAMPLES / "check_forms.py", tmp_path / "out.json", SAMPLES / "forms-2017" / "truth.json")

    assert last == "cells 663/663 right, 0 silently wrong; problems 16/16 found, 0 extra"


def test_the_sample_campaign_has_no_fault(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(SAMPLES / "forms-2017", data / "forms")
    shutil.copy(SAMPLES / "registry-2017.truth.json", data / "registry.truth.json")
    shutil.copy(SAMPLES / "units.csv", data / "units.csv")
    outs = []
    for number, forms in enumerate((data / "forms", _other_folders(data / "forms", tmp_path / "other"))):
        (tmp_path / str(number)).mkdir()
        installation = Installation(tmp_path / str(number))
        installation.run(
            registry=SAMPLES / "registry-2017.xlsx",
            units=SAMPLES / "units.csv",
            quotas=SAMPLES / "quotas-example.csv",
            papers=SAMPLES / "papers.csv",
            forms=forms,
        )
        outs.append(installation.out)

    assert judged(SAMPLES / "check_campaign.py", *outs, data, SAMPLES / "quotas-example.csv") == "0 faults"


def _other_folders(forms, folder):
    for number, path in enumerate(sorted(forms.iterdir(), reverse=True)):
        (folder / f"{number:02d}").mkdir(parents=True)
        shutil.copy(path, folder / f"{number:02d}" / path.name)
    return folder
