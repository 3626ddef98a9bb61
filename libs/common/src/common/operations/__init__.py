"""What operators see of a service's delivery, and what they may do to it.

The same use cases serve the pages `/ops/<service>`, the API `/api/<service>/v1/operations` and the
command `orderlink ops`. Nothing here shows a brand's business beyond ids; each change is one row
in `operator_log` of the same transaction.
"""
