# frozen_string_literal: true

Stripe.api_key = Rails.application.credentials.dig(:stripe, :secret_key)
Stripe.api_version = "2024-06-20"
Stripe.open_timeout = 5
Stripe.read_timeout = 20
Stripe.max_network_retries = 2
