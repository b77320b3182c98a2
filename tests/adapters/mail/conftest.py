from tests.servers.mail.fixtures import adapter, dovecot, dovecot_server, host, mailer

__all__ = ["adapter", "dovecot", "dovecot_server", "host", "mailer"]
