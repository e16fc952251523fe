import logging
from collections.abc import Iterator

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from newsletter.models import Delivery, Issue

log = logging.getLogger(__name__)

_ses = boto3.client(
    "sesv2",
    region_name="eu-central-1",
    config=Config(
        connect_timeout=3,
        read_timeout=10,
        retries={"mode": "adaptive", "max_attempts": 6},
    ),
)

PERMANENT = {"MessageRejected", "BadRequestException", "MailFromDomainNotVerifiedException"}


def send_issue(issue: Issue, pending: Iterator[Delivery]) -> None:
    """`pending` claims one unsent row at a time; mark_sent and mark_refused commit at once."""
    for delivery in pending:
        try:
            answer = _ses.send_email(
                FromEmailAddress=issue.sender,
                Destination={"ToAddresses": [delivery.address]},
                ConfigurationSetName="newsletter",
                EmailTags=[{"Name": "issue", "Value": str(issue.pk)}],
                Content={
                    "Simple": {
                        "Subject": {"Data": issue.subject, "Charset": "UTF-8"},
                        "Body": {"Html": {"Data": issue.html_for(delivery), "Charset": "UTF-8"}},
                    }
                },
                ListManagementOptions={"ContactListName": issue.contact_list},
            )
        except ClientError as exc:
            code = exc.response["Error"]["Code"]
            if code not in PERMANENT:
                raise
            log.warning("delivery %s refused by ses: %s", delivery.pk, code)
            delivery.mark_refused(code)
            continue
        delivery.mark_sent(answer["MessageId"])
