"""What happened, told to other systems: an outbox of events, sent as signed webhooks."""
