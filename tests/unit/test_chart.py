"""The Helm chart, rendered by Helm: right for Kubernetes, and open only where the code speaks."""

import json
import os
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from devstack.services import SERVICES

CHART = Path("deploy/helm/orderlink")
PYTHON = Path("var/chart/bin/python")
ASK = re.compile(r'\.ask\(\s*"([a-z]+)"')
SPLIT = {
    "worker": {
        "kinds": [
            {"name": r, "role": r} for r in ("relay", "events", "sweeper", "outbound", "jobs")
        ]
    }
}
CHANGED: dict[str, Any] = {
    "image": {"tag": "1.2.3", "pullSecrets": ["registry"]},
    "tracing": {"endpoint": "http://collector:4318"},
    "media": {"claim": "uploads"},
    "web": {"autoscaling": {"enabled": False}},
    "worker": {"autoscaling": {"enabled": False}},
    "ingress": {"annotations": {"example.com/a": "b"}},
}
Documents = list[dict[str, Any]]


@cache
def render(values: str = "{}") -> Documents:
    if not PYTHON.exists():
        if os.environ.get("REQUIRE_CHART") == "1":
            pytest.fail(
                "var/chart is not there (tools/chart_tools.sh), and REQUIRE_CHART=1 demands it."
            )
        pytest.skip("var/chart is not there: sh tools/chart_tools.sh makes it")
    done = subprocess.run(
        [PYTHON, "tools/render_chart.py"], input=values, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    return list(told["documents"])


def of_kind(documents: Documents, kind: str) -> dict[str, dict[str, Any]]:
    return {each["metadata"]["name"]: each for each in documents if each["kind"] == kind}


def pods(documents: Documents) -> Iterable[dict[str, Any]]:
    """Yield the pod of every Deployment and Job."""
    for each in documents:
        if each["kind"] in ("Deployment", "Job"):
            yield each["spec"]["template"]


def chart_values() -> dict[str, Any]:
    return dict(yaml.safe_load((CHART / "values.yaml").read_text()))


@pytest.mark.parametrize("values", [{}, SPLIT, CHANGED], ids=["as it is", "split", "changed"])
def test_kubernetes_takes_what_helm_renders(values: dict[str, Any]) -> None:
    documents = render(json.dumps(values))
    kinds = len(SPLIT["worker"]["kinds"]) if values is SPLIT else 1
    deployments = of_kind(documents, "Deployment")
    assert len(deployments) == 1 + len(SERVICES) * (1 + kinds)
    assert set(of_kind(documents, "PodDisruptionBudget")) == set(deployments)
    scaled = values is not CHANGED
    assert len(of_kind(documents, "HorizontalPodAutoscaler")) == len(SERVICES) * scaled
    assert len(of_kind(documents, "ScaledObject")) == len(SERVICES) * kinds * scaled
    assert all(
        ("replicas" in d["spec"]) != scaled for n, d in deployments.items() if "gateway" not in n
    )


def test_migrations_come_before_the_rollout() -> None:
    jobs = of_kind(render(), "Job")
    assert set(jobs) == {f"shop-{service}-migrate" for service in SERVICES}
    for job in jobs.values():
        assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"


def test_no_pod_may_do_more_than_it_needs() -> None:
    for pod in pods(render()):
        spec = pod["spec"]
        assert spec["securityContext"]["runAsNonRoot"]
        assert not spec["automountServiceAccountToken"]
        for container in spec["containers"]:
            own = container["securityContext"]
            assert own["readOnlyRootFilesystem"]
            assert own["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert "migrate" in container["name"] or container["readinessProbe"]


def test_secrets_come_by_reference_and_only_the_owners_to_migrations() -> None:
    secret = re.compile("SECRET|PRIVATE_KEY|DATABASE_URL|BROKER_URL|CACHE_URL|ENCRYPTION|SMTP_URL")
    for pod in pods(render()):
        process = pod["metadata"]["labels"]["orderlink/process"]
        told = {each["name"]: each for each in pod["spec"]["containers"][0].get("env", ())}
        assert all("valueFrom" in each for name, each in told.items() if secret.search(name))
        assert ("OWNER_DATABASE_URL" in told) == (process == "migrate")


def test_pods_are_told_all_that_a_service_needs() -> None:
    for pod in pods(render()):
        service = pod["metadata"]["labels"]["orderlink/service"]
        if service != "gateway":
            told = {each["name"] for each in pod["spec"]["containers"][0]["env"]}
            assert needed_by(service) <= told, service


def test_the_policies_are_the_arrows_of_the_code() -> None:
    values = chart_values()["services"]
    for service in SERVICES:
        assert set(values[service]["asks"]) == asked_by(service), service
        assert set(values[service]["owes"]) == owed_by(service), service
    policies = of_kind(render(), "NetworkPolicy")
    everybody = {"matchLabels": {"app.kubernetes.io/instance": "shop"}}
    deny = policies["shop-deny"]["spec"]
    assert (deny["podSelector"], deny["policyTypes"]) == (everybody, ["Ingress", "Egress"])
    assert "ingress" not in deny
    for service in SERVICES:
        assert reached(policies[f"shop-{service}-web"]) == asked_by(service)
        assert reached(policies[f"shop-{service}-background"]) == asked_by(service) | owed_by(
            service
        )
        askers = {each for each in SERVICES if service in asked_by(each) | owed_by(each)}
        assert let_in(policies[f"shop-{service}-web"]) == {"gateway", *askers}


def test_the_chart_is_scaled_by_a_query_that_runs(
    make_service_database: Any,
) -> None:
    import psycopg

    [scaled] = [each for n, each in of_kind(render(), "ScaledObject").items() if "links" in n]
    query = scaled["spec"]["triggers"][0]["metadata"]["query"]
    url = make_service_database("links").url.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        assert connection.execute(query).fetchone() == (0,)
        connection.execute(
            "insert into inbox (event_id, producer, name, envelope, next_attempt_at)"
            " values (gen_random_uuid(), 'a', 'a.b.v1', '{}', now() - interval '70 s')"
        )
        [age] = connection.execute(query).fetchone() or (0,)
        assert 70 <= age < 80


def needed_by(service: str) -> set[str]:
    """Return the variables without which its Settings refuse to be made."""
    from importlib import import_module

    from common.settings import MissingSettings

    try:
        import_module(f"{service}.settings").Settings.from_env({})
    except MissingSettings as missing:
        return set(re.findall("[A-Z_]{4,}", str(missing)))
    return set()


def asked_by(service: str) -> set[str]:
    """Return whom the service's code asks, by itself or through what it uses of `common`."""
    text = "\n".join(path.read_text() for path in Path(f"services/{service}/src").rglob("*.py"))
    asked = set(ASK.findall(text)) | {"identity"}  # Whose session it is, everybody asks.
    for module in ("buyer", "standard_order"):
        if f"common.web.{module}" in text:
            asked |= set(ASK.findall(Path(f"libs/common/src/common/web/{module}.py").read_text()))
    return asked - {service}


def owed_by(service: str) -> set[str]:
    events = Path(f"services/{service}/src/{service}/events.py")
    told = (
        re.findall(r"subscribers[^=]*= \(([^)]*)\)", events.read_text()) if events.exists() else []
    )
    return {name for each in told for name in re.findall('"([a-z]+)"', each)} - {service}


def reached(policy: dict[str, Any]) -> set[str]:
    selectors = [
        to for rule in policy["spec"]["egress"] for to in rule["to"] if "podSelector" in to
    ]
    return {each["podSelector"]["matchLabels"]["orderlink/service"] for each in selectors}


def let_in(policy: dict[str, Any]) -> set[str]:
    selectors = [
        f for rule in policy["spec"]["ingress"] for f in rule["from"] if "podSelector" in f
    ]
    return {each["podSelector"]["matchLabels"]["orderlink/service"] for each in selectors}
