"""The unit, the image and compose.yml, linted; what a machine lacks is said."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "deploy"
ANALYZE = shutil.which("systemd-analyze")
HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")


@pytest.mark.skipif(ANALYZE is None, reason="systemd left out: install the system's package `systemd`")
def test_the_unit_is_hardened() -> None:
    said = subprocess.run([str(ANALYZE), "security", "--offline=yes", str(DEPLOY / "marsad.service")],
                          capture_output=True, text=True, check=True).stdout
    exposure = re.search(r"exposure level for marsad.service: ([\d.]+)", said)
    assert exposure is not None
    assert float(exposure[1]) <= 1.5, said


@pytest.mark.skipif(ANALYZE is None, reason="systemd left out: install the system's package `systemd`")
def test_the_unit_has_no_mistake(tmp_path: Path) -> None:
    # the program's place is the only thing that this machine need not have
    unit = (DEPLOY / "marsad.service").read_text(encoding="utf-8").replace("/opt/marsad/bin/marsad", sys.executable)
    (tmp_path / "marsad.service").write_text(unit, encoding="utf-8")
    done = subprocess.run([str(ANALYZE), "verify", "--recursive-errors=no", "--man=no", str(tmp_path / "marsad.service")],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "marsad.service" in line]) == (0, [])


@pytest.mark.skipif(HADOLINT is None, reason="hadolint left out: it ships for Linux on x86-64 alone")
def test_the_dockerfile_is_clean() -> None:
    done = subprocess.run([str(HADOLINT), "--no-fail", "--format", "gnu", str(DEPLOY / "Dockerfile")],
                          capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_image_runs_as_nobody_special() -> None:
    stages = re.split(r"^FROM ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(stages) == 2
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", stages[-1], flags=re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", stages[-1], flags=re.MULTILINE)
    assert "pip" not in stages[-1]


def test_all_that_is_copied_is_there_and_let_through() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    names = {name for words in copied for name in words.split()}
    assert names == {line[1:] for line in ignore if line.startswith("!")}
    assert [name for name in names if not (TOP / name).exists()] == []


def test_compose_takes_no_rights_and_opens_loopback_only() -> None:
    composed: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    service = composed["services"]["marsad"]
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
        True, ["ALL"], ["no-new-privileges:true"])
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert {volume.split(":")[0] for volume in service["volumes"] if not volume.startswith(".")} == set(composed["volumes"])
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("name", ["Dockerfile", "marsad.service", "marsad.env.example", "compose.yml"])
def test_every_variable_is_a_setting(name: str) -> None:
    known = set(re.findall(r"`(MARSAD_\w+)`", (TOP / "docs" / "configuration.md").read_text(encoding="utf-8")))
    used = set(re.findall(r"MARSAD_\w+", (DEPLOY / name).read_text(encoding="utf-8")))
    assert used - known - {"MARSAD_CONFIG", "MARSAD_DATABASE"} == set()
