import logging

from jinja2 import BaseLoader, Environment, select_autoescape

from onboarding.crm import ContactDto
from onboarding.sender import MailSender

log = logging.getLogger(__name__)

_env = Environment(loader=BaseLoader(), autoescape=select_autoescape(default_for_string=True))


class WelcomeMail:
    def __init__(self, sender: MailSender) -> None:
        self._sender = sender

    def send(self, contact: ContactDto) -> None:
        html = _env.from_string(contact.greeting_text).render(
            first_name=contact.first_name,
            company=contact.company,
        )
        self._sender.send(
            to=contact.email,
            subject="Welcome on board",
            html=html,
            message_key=f"welcome-{contact.id}",
        )
        log.info("welcome mail sent to contact %s", contact.id)
