# frozen_string_literal: true

module Integrations
  class HubspotController < ApplicationController
    before_action :require_admin!

    AUTHORIZE_URL = "https://app.hubspot.com/oauth/authorize"
    SCOPES = "crm.objects.contacts.read crm.objects.contacts.write"

    def new
      query = {
        client_id: config.fetch(:client_id),
        redirect_uri: integrations_hubspot_callback_url,
        scope: SCOPES
      }
      redirect_to "#{AUTHORIZE_URL}?#{query.to_query}", allow_other_host: true
    end

    def callback
      return redirect_to(integrations_path, alert: t(".denied")) if params[:error].present?

      tokens = exchange(params.require(:code))
      current_account.hubspot_connections.find_or_initialize_by(kind: "crm").update!(
        access_token: tokens.fetch("access_token"),
        refresh_token: tokens.fetch("refresh_token"),
        expires_at: Time.current + tokens.fetch("expires_in").seconds
      )
      redirect_to integrations_path, notice: t(".connected")
    rescue Faraday::Error => e
      Rails.logger.warn("hubspot code exchange failed: #{e.class} status=#{e.response_status}")
      redirect_to integrations_path, alert: t(".failed")
    end

    private

    def exchange(code)
      Faraday.new("https://api.hubapi.com", request: { timeout: 10, open_timeout: 3 }) { |f|
        f.request :url_encoded
        f.response :json
        f.response :raise_error
      }.post("/oauth/v1/token", grant_type: "authorization_code", code: code,
        redirect_uri: integrations_hubspot_callback_url,
        client_id: config.fetch(:client_id), client_secret: config.fetch(:client_secret)).body
    end

    def config
      Rails.application.credentials.hubspot
    end
  end
end
