"""What waits for a person: in the inbox and by mail, merged, never twice a day."""
