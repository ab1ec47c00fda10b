"""Due days as a calendar that phones and office programs read, by a private address that can be revoked."""
