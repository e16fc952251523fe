import logging

from jinja2 import Environment, FileSystemLoader, select_autoescape

from onboarding.crm import ContactDto
from onboarding.sender import MailSender

log = logging.getLogger(__name__)

_env = Environment(loader=FileSystemLoader("templates/mail"), autoescape=select_autoescape())


class WelcomeMail:
    def __init__(self, sender: MailSender) -> None:
        self._sender = sender

    def send(self, contact: ContactDto) -> None:
        html = _env.get_template("welcome.html").render(
            first_name=contact.first_name,
            greeting=contact.greeting_text,
        )
        self._sender.send(
            to=contact.email,
            subject="Welcome on board",
            html=html,
            message_key=f"welcome-{contact.id}",
        )
        log.info("welcome mail sent to contact %s", contact.id)
