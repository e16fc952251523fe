# frozen_string_literal: true

module Sso
  class CallbacksController < ApplicationController
    skip_before_action :require_login

    def show
      unless ActiveSupport::SecurityUtils.secure_compare(params[:state].to_s, session.delete(:sso_state).to_s) &&
             params[:state].present?
        return redirect_to(login_path, alert: t(".expired"))
      end

      claims = fetch_claims(params.require(:code))
      return redirect_to(login_path, alert: t(".failed")) if claims.nil?

      user = User.find_or_provision(subject: claims.fetch("sub"), email: claims.fetch("email"))
      reset_session
      session[:user_id] = user.id
      redirect_to(params[:return_to].presence || root_path, allow_other_host: true)
    end

    private

    def fetch_claims(code)
      tokens = client.exchange(code: code, redirect_uri: sso_callback_url, code_verifier: session.delete(:sso_verifier))
      client.verify_id_token(tokens.id_token, nonce: session.delete(:sso_nonce))
    rescue StandardError
      nil
    end

    def client
      @client ||= Sso::Client.new(Rails.configuration.x.sso)
    end
  end
end
