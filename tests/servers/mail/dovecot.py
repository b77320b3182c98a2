"""A real Dovecot on loopback, over TLS with a certificate made here, and a mail server in front that delivers into it."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import Controller

PASSWORD = "correct-horse-battery"
OWN = "mx.newsroom.example"
ADDRESS = "quotes@newsroom.example"
ARRIVAL = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
_numbers = count(1)


class DovecotMissing(Exception):
    """There is no Dovecot on this machine."""


_V23 = """
protocols = imap
disable_plaintext_auth = no
ssl = {ssl}
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%n
}}
"""
_V24 = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols {{
  imap = yes
}}
auth_allow_cleartext = yes
ssl = {ssl}
ssl_server_cert_file = {folder}/cert.pem
ssl_server_key_file = {folder}/key.pem
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
passdb passwd-file {{
  default_password_scheme = PLAIN
  passwd_file_path = {folder}/users
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/home/%{{user}}
  }}
}}
"""
_BOTH = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
first_valid_uid = {uid}
first_valid_gid = 0
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


@dataclass
class Dovecot:
    """plain: a port for STARTTLS. tls: one that is encrypted from the start."""

    folder: Path
    plain: int
    tls: int

    @property
    def maildir(self):
        return self.folder / "mail" / "quotes"

    @property
    def ca_file(self):
        return str(self.folder / "cert.pem")

    def settings(self, **changed):
        """What [accounts.mailbox] says."""
        return {
            "host": "127.0.0.1",
            "port": self.tls,
            "user": "quotes",
            "password": PASSWORD,
            "address": ADDRESS,
            "authserv": OWN,
            "ca_file": self.ca_file,
        } | changed

    def deliver(self, data: bytes, flags="", at=ARRIVAL):
        """Put a mail into the mailbox as it is, as having come at a moment, and answer the name of its file."""
        name = f"{next(_numbers):09}.{uuid4().hex[:8]}.test"
        folder = "cur" if flags else "new"
        (self.maildir / "tmp" / name).write_bytes(data)
        os.utime(self.maildir / "tmp" / name, (at.timestamp(), at.timestamp()))
        wanted = self.maildir / folder / (f"{name}:2,{flags}" if flags else name)
        (self.maildir / "tmp" / name).rename(wanted)
        return wanted

    def renumber(self):
        """As after a restore: the server gives all mails new numbers."""
        for file in self.maildir.glob("dovecot*"):
            file.unlink()

    def list_flags(self):
        """The flags of each mail, as the server wrote them into the names."""
        return sorted(
            file.name.rpartition(":2,")[2] if ":2," in file.name else ""
            for name in ("new", "cur")
            for file in (self.maildir / name).iterdir()
        )

    def empty(self):
        for name in ("new", "cur"):
            for file in (self.maildir / name).iterdir():
                file.unlink()
        self.renumber()


def find_dovecot():
    found = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise DovecotMissing("dovecot is not installed: apt-get install dovecot-imapd")
    return found


def is_old(program):
    """Whether its config is that of 2.3."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = map(int, re.match(r"(\d+)\.(\d+)", said).groups())
    return (major, minor) < (2, 4)


def _find_free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def make_certificate(folder):
    """A certificate of its own authority for 127.0.0.1."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem",
         "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


@contextmanager
def run_dovecot(ssl="yes"):
    """Raises DovecotMissing."""
    program = find_dovecot()
    folder = Path(tempfile.mkdtemp(prefix="pullquote-dovecot-"))
    process = None
    try:
        folder.chmod(0o755)
        make_certificate(folder)
        owner = pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        users = ("dovecot", "dovecot", "dovenull") if os.geteuid() == 0 else (owner.pw_name, "", owner.pw_name)
        dovecot = Dovecot(folder, _find_free_port(), _find_free_port())
        for name in ("cur", "new", "tmp"):
            (dovecot.maildir / name).mkdir(parents=True)
        (folder / "home").mkdir()
        (folder / "users").write_text(f"quotes:{{PLAIN}}{PASSWORD}\n")
        values = {
            "folder": folder, "ssl": ssl, "uid": owner.pw_uid, "gid": owner.pw_gid, "plain": dovecot.plain,
            "tls": dovecot.tls, "internal": users[0], "group": users[1] or _name_group(owner), "login": users[2],
        }  # fmt: skip
        own = _V23 if is_old(program) else _V24
        config = folder / "dovecot.conf"
        config.write_text((own + _BOTH).format(**values))
        if os.geteuid() == 0:
            for path in (folder / "mail", folder / "home", *(folder / "mail").rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        process = subprocess.Popen([program, "-F", "-c", config], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        _wait(dovecot, process)
        yield dovecot
    finally:
        if process is not None:
            process.terminate()
            process.wait(20)
            process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)


def _name_group(owner):
    import grp

    return grp.getgrgid(owner.pw_gid).gr_name


def _wait(dovecot, process):
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"dovecot ended: {process.stdout.read().decode()}")
        try:
            socket.create_connection(("127.0.0.1", dovecot.tls), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("dovecot did not begin")


class Delivering(Controller):
    """A mail server that takes mail for `ADDRESS` and its plus addresses, and writes down what it found out.

    evidence: what stands in its Authentication-Results by sender's domain; "" for none.
    """

    def __init__(self, dovecot, **options):
        self.dovecot = dovecot
        self.evidence = {}
        super().__init__(self, hostname="127.0.0.1", port=0, **options)

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        local, _, domain = ADDRESS.partition("@")
        if not re.fullmatch(rf"{local}(\+[^@]+)?@{domain}", address, re.IGNORECASE):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        domain = (envelope.mail_from or "").rpartition("@")[2]
        head = [f"Return-Path: <{envelope.mail_from or ''}>"]
        head += [f"Delivered-To: {address}" for address in envelope.rcpt_tos]
        found = self.evidence.get(
            domain, f"spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}" if domain else ""
        )
        if found:
            head.append(f"Authentication-Results: {OWN}; {found}")
        data = "\r\n".join(head).encode() + b"\r\n" + envelope.original_content
        self.dovecot.deliver(data)
        return "250 taken"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop(no_assert=True)
