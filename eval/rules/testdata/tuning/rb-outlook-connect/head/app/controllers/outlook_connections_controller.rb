# frozen_string_literal: true

class OutlookConnectionsController < ApplicationController
  before_action :require_login

  SCOPES = %w[offline_access Calendars.ReadWrite].freeze

  def new
    session[:outlook_state] = SecureRandom.urlsafe_base64(32)
    session[:outlook_verifier] = SecureRandom.urlsafe_base64(48)
    challenge = Base64.urlsafe_encode64(Digest::SHA256.digest(session[:outlook_verifier]), padding: false)

    redirect_to microsoft.auth_code.authorize_url(
      redirect_uri: callback_outlook_connection_url,
      scope: SCOPES.join(" "),
      state: session[:outlook_state],
      code_challenge: challenge,
      code_challenge_method: "S256"
    ), allow_other_host: true
  end

  def callback
    if params[:error].present?
      redirect_to settings_path, alert: t(".denied")
      return
    end

    state = session.delete(:outlook_state).to_s
    if state.empty? || !ActiveSupport::SecurityUtils.secure_compare(state, params[:state].to_s)
      redirect_to settings_path, alert: t(".failed")
      return
    end

    token = microsoft.auth_code.get_token(
      params.require(:code),
      redirect_uri: callback_outlook_connection_url,
      code_verifier: session.delete(:outlook_verifier)
    )
    connection = current_user.calendar_connections.find_or_initialize_by(provider: "microsoft")
    # both columns are declared with `encrypts` in the model
    connection.update!(
      access_token: token.token,
      refresh_token: token.refresh_token || connection.refresh_token,
      expires_at: Time.zone.at(token.expires_at)
    )
    redirect_to settings_path, notice: t(".connected")
  rescue OAuth2::Error => e
    Rails.logger.warn("outlook connect failed: #{e.code}")
    redirect_to settings_path, alert: t(".failed")
  end

  private

  def microsoft
    @microsoft ||= OAuth2::Client.new(
      Rails.application.credentials.microsoft.fetch(:client_id),
      Rails.application.credentials.microsoft.fetch(:client_secret),
      site: "https://login.microsoftonline.com",
      token_url: "/common/oauth2/v2.0/token",
      authorize_url: "/common/oauth2/v2.0/authorize",

      connection_opts: { request: { open_timeout: 3, timeout: 10 } }
    )
  end
end
