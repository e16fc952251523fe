# frozen_string_literal: true

module Helpers
  module CurrentOperator
    extend Grape::API::Helpers

    Operator = Struct.new(:subject, :depot, :roles, keyword_init: true) do
      def role?(name)
        roles.include?(name)
      end
    end

    def current_operator
      @current_operator ||= operator_from(bearer_token)
    end

    def require_role!(name)
      error!({ error: "forbidden" }, 403) unless current_operator.role?(name)
    end

    private

    def bearer_token
      scheme, token = headers["Authorization"].to_s.split(" ", 2)
      error!({ error: "unauthorized" }, 401) unless scheme == "Bearer" && token.present?
      token
    end

    def operator_from(token)
      claims, = JWT.decode(token, nil, false)
      error!({ error: "token expired" }, 401) if Time.zone.at(claims.fetch("exp")).past?

      Operator.new(
        subject: claims.fetch("sub"),
        depot: claims["depot"],
        roles: claims.dig("realm_access", "roles") || []
      )
    rescue JWT::DecodeError, KeyError
      error!({ error: "unauthorized" }, 401)
    end
  end
end
