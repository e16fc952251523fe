# frozen_string_literal: true

OmniAuth.config.allowed_request_methods = [:post]
OmniAuth.config.request_validation_phase = OmniAuth::AuthenticityTokenProtection.new(key: :_csrf_token)
OmniAuth.config.logger = Rails.logger
OmniAuth.config.full_host = ENV.fetch("PUBLIC_URL") if Rails.env.production?

OmniAuth.config.on_failure = proc { |env| Integrations::XeroController.action(:failure).call(env) }

Rails.application.config.middleware.use OmniAuth::Builder do
  provider(
    :xero_oauth2,
    Rails.application.credentials.dig(:xero, :client_id),
    Rails.application.credentials.dig(:xero, :client_secret),
    scope: "openid offline_access accounting.transactions accounting.contacts.read",
    client_options: {
      connection_opts: { request: { timeout: 10, open_timeout: 3 } }
    }
  )
end
