import logging
import os
from contextlib import contextmanager
from pathlib import Path

import paramiko

from filexchange.config import SftpConfig

log = logging.getLogger("filexchange.sftp")


class UploadFailed(Exception):
    pass


@contextmanager
def connect(config: SftpConfig):
    client = paramiko.SSHClient()
    client.load_host_keys(os.fspath(config.known_hosts))
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(
        config.host,
        port=config.port,
        username=config.user,
        password=config.password,
        timeout=15,
        banner_timeout=15,
        auth_timeout=15,
        allow_agent=False,
        look_for_keys=False,
    )
    try:
        sftp = client.open_sftp()
        sftp.get_channel().settimeout(60)
        yield sftp
    finally:
        client.close()


def upload(config: SftpConfig, file: Path) -> None:
    remote = f"{config.inbox}/{file.name}"
    try:
        with connect(config) as sftp:
            sftp.put(os.fspath(file), remote + ".part", confirm=True)
            sftp.posix_rename(remote + ".part", remote)
    except (paramiko.SSHException, OSError) as exc:
        raise UploadFailed(f"{file.name} was not delivered to {config.host}") from exc
    log.info("delivered %s to %s", file.name, config.host)
