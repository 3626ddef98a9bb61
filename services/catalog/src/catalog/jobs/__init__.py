"""catalog reads no events yet; its worker keeps the relay and the jobs alive."""
