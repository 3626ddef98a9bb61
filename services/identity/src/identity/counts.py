"""What Prometheus is told of signing in: by which way, and whether the secret was taken."""

from prometheus_client import Counter

SIGN_INS = Counter(
    "orderlink_sign_ins_total",
    "Secrets tried: right, wrong, throttled, or busy when there was no room to look at one.",
    ["method", "result"],
)
for method in ("user_account", "offline_login", "brand_credentials"):
    for result in ("right", "wrong", "throttled", "busy"):
        SIGN_INS.labels(method, result)  # A first one must be told as a rise from 0.
