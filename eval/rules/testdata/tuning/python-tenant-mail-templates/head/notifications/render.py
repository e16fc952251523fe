from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

env = Environment(
    loader=PackageLoader("notifications", "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
)

MAX_SUBJECT = 180


@dataclass(frozen=True)
class Mail:
    subject: str
    html: str
    text: str


def _subject(message: dict[str, Any], context: dict[str, Any]) -> str:
    custom = message.get("subject")
    if custom:
        return env.from_string(custom).render(context)[:MAX_SUBJECT]
    return env.get_template(f"{message['kind']}/subject.txt").render(context)[:MAX_SUBJECT]


KINDS = {"invoice_ready", "payment_failed", "trial_ending"}


def render(message: dict[str, Any]) -> Mail:
    """`message` is the JSON body that a tenant posted to /v1/messages."""
    if message.get("kind") not in KINDS:
        raise ValueError("unknown message kind")
    context = {
        "recipient": message["recipient"],
        "variables": message.get("variables", {}),
    }
    return Mail(
        subject=_subject(message, context).replace("\n", " "),
        html=env.get_template(f"{message['kind']}/body.html").render(context),
        text=env.get_template(f"{message['kind']}/body.txt").render(context),
    )
