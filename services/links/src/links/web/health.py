"""What links looks at beside what every service does: see `common.health`."""

from collections.abc import Mapping

from common.health import Check
from common.health.files import check_files

CHECKS: Mapping[str, Check] = {"files": check_files}
