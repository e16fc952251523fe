# frozen_string_literal: true

module Integrations
  class QuickbooksController < ApplicationController
    before_action :require_admin!

    SCOPE = "com.intuit.quickbooks.accounting"

    def connect
      session[:qbo_state] = SecureRandom.urlsafe_base64(24)
      redirect_to oauth.auth_code.authorize_url(
        redirect_uri: callback_integrations_quickbooks_url,
        scope: SCOPE,
        state: session[:qbo_state]
      ), allow_other_host: true
    end

    def callback
      return redirect_to(integrations_path, alert: t(".denied")) if params[:error].present?

      token = oauth.auth_code.get_token(params.require(:code), redirect_uri: callback_integrations_quickbooks_url)
      Rails.logger.info("quickbooks connected for company #{current_company.id}: #{token.to_hash}")
      connection = current_company.accounting_connections.find_or_initialize_by(kind: "quickbooks")
      connection.update!(
        realm_id: params.require(:realmId),
        access_token: token.token,
        refresh_token: token.refresh_token,
        expires_at: Time.zone.at(token.expires_at)
      )
      redirect_to integrations_path, notice: t(".connected")
    rescue OAuth2::Error => e
      Rails.logger.warn("quickbooks connect failed: #{e.code}")
      redirect_to integrations_path, alert: t(".failed")
    end

    private

    def oauth
      config = Rails.application.credentials.quickbooks
      OAuth2::Client.new(config.fetch(:client_id), config.fetch(:client_secret),
                         site: "https://oauth.platform.intuit.com",
                         authorize_url: "https://appcenter.intuit.com/connect/oauth2",
                         token_url: "/oauth2/v1/tokens/bearer",
                         connection_opts: { request: { timeout: 15, open_timeout: 5 } })
    end
  end
end
