# frozen_string_literal: true

module ServiceAuthentication
  extend ActiveSupport::Concern

  ISSUER = "https://sso.acme-freight.com/"
  AUDIENCE = "shipment-api"

  included do
    before_action :authenticate_service!
  end

  private

  attr_reader :current_service

  def authenticate_service!
    token = request.authorization.to_s[/\ABearer (.+)\z/, 1]
    return render_unauthorized if token.blank?

    claims, = JWT.decode(token, nil, false)
    return render_unauthorized unless claims["iss"] == ISSUER && Array(claims["aud"]).include?(AUDIENCE)
    return render_unauthorized if claims["exp"].to_i <= Time.now.to_i

    @current_service = ServiceAccount.active.find_by(client_id: claims["azp"])
    render_unauthorized if @current_service.nil?
  rescue JWT::DecodeError
    render_unauthorized
  end

  def render_unauthorized
    response.headers["WWW-Authenticate"] = "Bearer"
    render json: { error: "unauthorized" }, status: :unauthorized
  end
end
