"""What goes out beside posts: digests, requests, reminders, mails. Each once."""
