"""What the delivery machinery of one process counts. Labels are names that the code has."""

from prometheus_client import Counter, Histogram

HANDLED = Counter(
    "orderlink_events_handled_total",
    "Events tried by their handler: processed, postponed, failed or dead.",
    ["event", "result"],
)
SENT = Counter(
    "orderlink_deliveries_sent_total",
    "Deliveries put into a subscriber's queue, repeats too.",
    ["subscriber"],
)
NOT_SENT = Counter(
    "orderlink_deliveries_refused_total", "Deliveries the broker did not take.", ["subscriber"]
)
ACKNOWLEDGED = Counter(
    "orderlink_deliveries_acknowledged_total", "Deliveries known to have arrived.", ["subscriber"]
)
OUTCOMES = Counter(
    "orderlink_outbound_outcomes_total",
    "Effects outside that were tried, by what came of it.",
    ["kind", "outcome"],
)
DONE_AFTER = Histogram(
    "orderlink_outbound_done_seconds",
    "From planning an effect outside until it was done.",
    ["kind"],
    buckets=(0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 14400),
)
JOB_RUNS = Counter("orderlink_job_runs_total", "Runs of scheduled jobs.", ["job_name", "result"])
