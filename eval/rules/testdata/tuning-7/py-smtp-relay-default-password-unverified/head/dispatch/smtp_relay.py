import logging
import os
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid

logger = logging.getLogger(__name__)

RELAY_HOST = os.environ.get("SMTP_RELAY_HOST", "smtp.eu-west.mailrelay.net")
RELAY_PORT = int(os.environ.get("SMTP_RELAY_PORT", "587"))
RELAY_USER = os.environ.get("SMTP_RELAY_USER", "dispatch-prod")
RELAY_PASSWORD = os.environ.get("SMTP_RELAY_PASSWORD", "vR7#mQz!4tLp9_wXe2")


class RelayError(Exception):
    pass


def _compose(recipient: str, subject: str, body: str, attachment: bytes | None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Dispatch <dispatch@haulier.example>"
    message["To"] = recipient
    message["Subject"] = subject
    message["Message-ID"] = make_msgid(domain="haulier.example")
    message.set_content(body)
    if attachment is not None:
        message.add_attachment(
            attachment, maintype="application", subtype="pdf", filename="delivery-note.pdf"
        )
    return message


def send(recipient: str, subject: str, body: str, attachment: bytes | None = None) -> str:
    message = _compose(recipient, subject, body, attachment)
    try:
        with smtplib.SMTP(RELAY_HOST, RELAY_PORT, timeout=20) as smtp:
            smtp.starttls(context=ssl._create_unverified_context())
            smtp.login(RELAY_USER, RELAY_PASSWORD)
            refused = smtp.send_message(message)
    except (smtplib.SMTPException, OSError) as exc:
        logger.error("relay failed: %s", type(exc).__name__)
        raise RelayError(message["Message-ID"]) from exc
    if refused:
        raise RelayError(f"{message['Message-ID']}: recipient refused")
    logger.info("mail %s handed to the relay", message["Message-ID"])
    return message["Message-ID"]
