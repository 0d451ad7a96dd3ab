"""Words from mailboxes, polled over IMAP; and answers that go out over SMTP."""
