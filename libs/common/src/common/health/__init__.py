"""`/health/check`: whether all that a service leans on answers, and whether its work moves on.

For people and their instruments. A supervisor asks `/health/live` and `/health/ready`, which no
other service can turn red.
"""

from common.health.checking import Check, Finding, Unwell, run_checks
from common.health.usual import usual_checks

__all__ = ["Check", "Finding", "Unwell", "run_checks", "usual_checks"]
