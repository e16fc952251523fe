# frozen_string_literal: true

module Integrations
  class IntercomController < ApplicationController
    before_action :require_admin

    AUTHORIZE = "https://app.intercom.com/oauth"

    def new
      session[:intercom_state] = SecureRandom.urlsafe_base64(32)
      query = { client_id: settings.client_id, state: session[:intercom_state], redirect_uri: callback_url }
      redirect_to "#{AUTHORIZE}?#{query.to_query}", allow_other_host: true
    end

    def callback
      expected = session.delete(:intercom_state).to_s
      given = params[:state].to_s
      unless expected.present? && ActiveSupport::SecurityUtils.secure_compare(expected, given)
        return redirect_to integrations_path, alert: t(".expired")
      end
      return redirect_to integrations_path, alert: t(".denied") if params[:code].blank?

      token = exchange(params[:code].to_s)
      current_company.create_or_replace_connection!(provider: "intercom", token: token)
      redirect_to integrations_path, notice: t(".connected")
    rescue Faraday::Error => e
      Rails.logger.warn("intercom exchange failed: #{e.response_status || e.class.name}")
      redirect_to integrations_path, alert: t(".unavailable")
    end

    private

    def settings = Rails.configuration.x.intercom

    def callback_url = integrations_intercom_callback_url(protocol: "https")

    def exchange(code)
      connection = Faraday.new(url: "https://api.intercom.io", request: { open_timeout: 3, timeout: 10 }) do |f|
        f.request :json
        f.response :raise_error
        f.response :json
      end
      connection.post("/auth/eagle/token", client_id: settings.client_id, client_secret: settings.client_secret, code: code)
                .body.fetch("token")
    end
  end
end
