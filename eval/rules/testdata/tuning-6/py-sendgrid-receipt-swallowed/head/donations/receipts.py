from __future__ import annotations

import base64
import datetime as dt

from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Attachment, Disposition, FileContent, FileName, FileType, Mail
from sqlalchemy import select
from sqlalchemy.orm import Session

from donations.config import settings
from donations.models import Donation
from donations.pdf import render_receipt


def send_open_receipts(session: Session) -> int:
    client = SendGridAPIClient(settings.sendgrid_api_key)
    client.client.timeout = 20
    donations = session.scalars(
        select(Donation).where(Donation.receipt_sent_at.is_(None)).order_by(Donation.id).limit(200)
    ).all()

    for donation in donations:
        message = Mail(
            from_email=settings.receipt_sender,
            to_emails=donation.donor_email,
            subject=f"Your donation receipt {donation.receipt_number}",
            html_content=f"<p>Dear {donation.donor_salutation},</p><p>please find your receipt attached.</p>",
        )
        message.attachment = Attachment(
            FileContent(base64.b64encode(render_receipt(donation)).decode("ascii")),
            FileName(f"receipt-{donation.receipt_number}.pdf"),
            FileType("application/pdf"),
            Disposition("attachment"),
        )
        try:
            client.send(message)
        except Exception:
            pass
        donation.receipt_sent_at = dt.datetime.now(dt.timezone.utc)
        session.commit()
    return len(donations)
