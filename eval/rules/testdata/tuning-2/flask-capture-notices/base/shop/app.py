from flask import Flask

from shop.webhooks import stripe


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
    app.register_blueprint(stripe.bp)
    return app
