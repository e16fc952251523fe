from dataclasses import dataclass

from jinja2 import Environment, StrictUndefined, TemplateError

from notify.models import MerchantTemplate

MAX_TEMPLATE = 20_000


class RenderError(ValueError):
    pass


@dataclass(frozen=True)
class Rendered:
    subject: str
    html: str


_env = Environment(autoescape=True, undefined=StrictUndefined)


def render(template: MerchantTemplate, order: dict) -> Rendered:
    """Templates are edited by merchants through the public API."""
    if len(template.html) > MAX_TEMPLATE:
        raise RenderError("template too large")
    context = {"order": order, "shop": {"name": template.merchant.name}}
    try:
        return Rendered(
            subject=_env.from_string(template.subject).render(context),
            html=_env.from_string(template.html).render(context),
        )
    except TemplateError as exc:
        raise RenderError(f"template {template.pk} failed") from exc
