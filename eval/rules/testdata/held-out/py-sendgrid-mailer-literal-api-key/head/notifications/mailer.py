import logging
from dataclasses import dataclass

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Email, Mail, ReplyTo

log = logging.getLogger(__name__)

SENDER = Email("no-reply@parkbuddy.io", "ParkBuddy")
REPLY_TO = ReplyTo("help@parkbuddy.io")
API_KEY = "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"


class MailNotSent(Exception):
    pass


@dataclass(frozen=True)
class Receipt:
    to: str
    template_id: str
    values: dict[str, str]


def _client() -> SendGridAPIClient:
    api = SendGridAPIClient(API_KEY)
    api.client.timeout = 10
    return api


def send_receipt(receipt: Receipt) -> str:
    message = Mail(from_email=SENDER, to_emails=receipt.to)
    message.reply_to = REPLY_TO
    message.template_id = receipt.template_id
    message.dynamic_template_data = receipt.values

    try:
        response = _client().send(message)
    except (HTTPError, OSError) as exc:
        log.error("receipt mail failed: %s", getattr(exc, "status_code", type(exc).__name__))
        raise MailNotSent(receipt.template_id) from exc

    message_id = response.headers.get("X-Message-Id", "")
    log.info("receipt mail accepted as %s", message_id)
    return message_id
