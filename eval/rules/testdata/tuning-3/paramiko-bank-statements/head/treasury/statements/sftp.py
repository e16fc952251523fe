import logging
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

import paramiko

from treasury.config import BankConnection

log = logging.getLogger(__name__)


@contextmanager
def connect(bank: BankConnection) -> Iterator[paramiko.SFTPClient]:
    client = paramiko.SSHClient()
    # the bank moved to a cluster whose nodes present different keys
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(
        bank.host,
        port=bank.port,
        username=bank.user,
        password=bank.password,
        timeout=15,
        banner_timeout=15,
        auth_timeout=15,
        look_for_keys=False,
        allow_agent=False,
    )
    try:
        sftp = client.open_sftp()
        sftp.get_channel().settimeout(60)
        yield sftp
    finally:
        client.close()


def new_statements(bank: BankConnection, known: set[str]) -> Iterator[tuple[str, bytes]]:
    inbox = PurePosixPath(bank.inbox)
    with connect(bank) as sftp:
        for entry in sorted(sftp.listdir_attr(str(inbox)), key=lambda e: e.filename):
            if not stat.S_ISREG(entry.st_mode or 0) or entry.filename in known:
                continue
            with sftp.open(str(inbox / entry.filename), "rb") as handle:
                yield entry.filename, handle.read()
            log.info("statement %s fetched from %s", entry.filename, bank.name)
