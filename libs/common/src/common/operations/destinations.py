"""Where anything waits to go, as common table expressions: one step in an index per destination.

`select distinct` would walk over every row that waits. Each is to follow `with recursive`.
"""

OWED = """
owed (subscriber) as (
  (select subscriber from outbox_delivery where state in ('pending', 'sent')
   order by subscriber limit 1)
  union all
  select (select later.subscriber from outbox_delivery as later
    where later.state in ('pending', 'sent') and later.subscriber > owed.subscriber
    order by later.subscriber limit 1)
  from owed where owed.subscriber is not null)"""
"""Subscribers that are owed something; the last row is null."""

PLANNED = """
resting (kind) as (
  (select kind from outbound_call where state in ('pending', 'unknown', 'accepted')
   order by kind limit 1)
  union all
  select (select later.kind from outbound_call as later
    where later.state in ('pending', 'unknown', 'accepted') and later.kind > resting.kind
    order by later.kind limit 1)
  from resting where resting.kind is not null),
planned (kind) as (
  select kind from resting where kind is not null
  union select kind from outbound_call where state = 'sending')"""
"""Kinds of calls that are not done; what is being sent is never much."""
