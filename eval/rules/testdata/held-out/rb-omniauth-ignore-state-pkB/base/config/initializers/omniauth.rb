# frozen_string_literal: true

OmniAuth.config.logger = Rails.logger
OmniAuth.config.allowed_request_methods = [:post]

Rails.application.config.middleware.use OmniAuth::Builder do
  provider :azure_activedirectory_v2,
           client_id: ENV.fetch("ENTRA_CLIENT_ID"),
           client_secret: ENV.fetch("ENTRA_CLIENT_SECRET"),
           tenant_id: ENV.fetch("ENTRA_TENANT_ID")
end
