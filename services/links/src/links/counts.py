"""What Prometheus is told of links: what the gate said, and how far people came."""

from prometheus_client import Counter

GATE = Counter(
    "orderlink_gate_results_total",
    "What the gate answered: open, passcode_asked, passcode_right, passcode_wrong, throttled, "
    "void, not_yet_released, expired or unknown.",
    ["result"],
)
for result in (
    "open",
    "passcode_asked",
    "passcode_right",
    "passcode_wrong",
    "throttled",
    "unknown",
):
    GATE.labels(result)  # A first one must be told as a rise from 0.
STEPS = Counter(
    "orderlink_funnel_steps_total",
    "Steps taken on all links together: opened, seen, passed, signed_in, browsed, added, ordered.",
    ["step"],
)
