import base64
import logging
import stat
from pathlib import Path, PurePosixPath

import paramiko

from filexchange.config import PartnerConfig

log = logging.getLogger("filexchange.partner")

MAX_FILE = 50 * 1024 * 1024


def open_client(config: PartnerConfig) -> paramiko.SSHClient:
    client = paramiko.SSHClient()
    client.get_host_keys().add(
        config.host, "ssh-ed25519", paramiko.Ed25519Key(data=base64.b64decode(config.host_key))
    )
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(
        config.host,
        username=config.user,
        key_filename=str(config.key_file),
        timeout=15,
        auth_timeout=15,
        banner_timeout=15,
        allow_agent=False,
        look_for_keys=False,
    )
    return client


def collect(config: PartnerConfig, target: Path) -> list[Path]:
    received: list[Path] = []
    with open_client(config) as client, client.open_sftp() as sftp:
        sftp.get_channel().settimeout(60)
        for entry in sftp.listdir_attr(config.outbox):
            name = PurePosixPath(entry.filename).name
            if not stat.S_ISREG(entry.st_mode) or not name.endswith(".csv"):
                continue
            if entry.st_size > MAX_FILE:
                log.error("%s from %s is too large (%d bytes)", name, config.host, entry.st_size)
                continue
            part = target / f".{name}.part"
            sftp.get(f"{config.outbox}/{name}", str(part))
            final = part.rename(target / name)
            sftp.rename(f"{config.outbox}/{name}", f"{config.done}/{name}")
            received.append(final)
    log.info("%d files collected from %s", len(received), config.host)
    return received
