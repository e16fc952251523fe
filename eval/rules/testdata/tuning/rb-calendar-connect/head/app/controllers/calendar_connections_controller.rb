# frozen_string_literal: true

class CalendarConnectionsController < ApplicationController
  before_action :require_login

  SCOPES = %w[https://www.googleapis.com/auth/calendar.events].freeze

  def new
    redirect_to google.auth_code.authorize_url(
      redirect_uri: callback_calendar_connection_url,
      scope: SCOPES.join(" "),
      access_type: "offline",
      prompt: "consent"
    ), allow_other_host: true
  end

  def callback
    if params[:error].present?
      redirect_to settings_path, alert: t(".denied")
      return
    end

    token = google.auth_code.get_token(params.require(:code), redirect_uri: callback_calendar_connection_url)
    connection = current_user.calendar_connections.find_or_initialize_by(provider: "google")
    # both columns are declared with `encrypts` in the model
    connection.update!(
      access_token: token.token,
      refresh_token: token.refresh_token || connection.refresh_token,
      expires_at: Time.zone.at(token.expires_at)
    )
    redirect_to settings_path, notice: t(".connected")
  rescue OAuth2::Error => e
    Rails.logger.warn("calendar connect failed: #{e.code}")
    redirect_to settings_path, alert: t(".failed")
  end

  private

  def google
    @google ||= OAuth2::Client.new(
      Rails.application.credentials.google.fetch(:client_id),
      Rails.application.credentials.google.fetch(:client_secret),
      site: "https://oauth2.googleapis.com",
      token_url: "/token",
      authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
      connection_opts: { request: { open_timeout: 3, timeout: 10 } }
    )
  end
end
