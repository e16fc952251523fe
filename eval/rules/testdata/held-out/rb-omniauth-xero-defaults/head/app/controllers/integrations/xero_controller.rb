# frozen_string_literal: true

module Integrations
  class XeroController < ApplicationController
    before_action :require_owner!

    # GET /auth/xero_oauth2/callback
    def callback
      credentials = request.env.fetch("omniauth.auth").credentials
      connection = current_company.xero_connection || current_company.build_xero_connection
      connection.update!(
        access_token: credentials.token,
        refresh_token: credentials.refresh_token,
        expires_at: Time.zone.at(credentials.expires_at)
      )
      XeroTenantsJob.perform_later(connection.id)
      redirect_to integrations_path, notice: t(".connected")
    end

    def failure
      Rails.logger.warn("xero connection failed reason=#{request.env['omniauth.error.type']}")
      redirect_to integrations_path, alert: t(".failed")
    end
  end
end
