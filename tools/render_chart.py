"""Renders the Helm chart with Helm's own engine and holds it against Kubernetes' schemas.

Run by the Python of var/chart (tools/chart_tools.sh): values as JSON in, {documents, wrong} out.
"""

import json
import sys
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import yaml

CHART = Path(__file__).resolve().parents[1] / "deploy/helm/orderlink"
KUBERNETES = ("1.29", "1.34")
"""The oldest and the newest that we promise."""


def main() -> None:
    values = json.load(sys.stdin)
    linted = helm_python.lint(str(CHART))
    wrong = [*linted["errors"], *(m["error"] for m in linted["messages"] if m["severity"] > 1)]
    with helm_python.Chart.load(str(CHART)) as chart:
        chart.validate_schema(values)
        files = chart.render(values, name="shop", namespace="orders")
    documents = [
        document
        for name, text in files.items()
        if name.endswith(".yaml")
        for document in yaml.safe_load_all(text)
        if document
    ]
    wrong += [said for document in documents if (said := judged(document))]
    json.dump({"documents": documents, "wrong": wrong}, sys.stdout)


def judged(document: dict[str, Any]) -> str:
    """Return what Kubernetes would refuse; "" for nothing, and for kinds that are not its own."""
    if document["apiVersion"].startswith("keda.sh/"):
        return ""
    for version in KUBERNETES:
        try:
            kubernetes_validate.validate(document, version, strict=True)
        except kubernetes_validate.ValidationError as refused:
            name = f"{document['kind']} {document['metadata']['name']}"
            return f"{version}: {name}: {refused.message}"
    return ""


if __name__ == "__main__":
    main()
