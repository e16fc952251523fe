# frozen_string_literal: true

module Webhooks
  class BaseController < ActionController::API
    TOLERANCE = 5.minutes

    class << self
      attr_reader :signature_options

      def signed_with(header:, secret:)
        @signature_options = { header: header, secret: secret }
        before_action :verify_signature!
      end
    end

    private

    def verify_signature!
      options = self.class.signature_options
      timestamp, *given = request.headers[options[:header]].to_s.split(',')
      return head :unauthorized unless timestamp.to_s.match?(/\A\d+\z/)
      return head :unauthorized if (Time.current - Time.zone.at(timestamp.to_i / 1000)).abs > TOLERANCE

      expected = OpenSSL::HMAC.hexdigest('SHA256', options[:secret].call, "#{timestamp}.#{request.raw_post}")
      return if given.any? { |g| ActiveSupport::SecurityUtils.secure_compare(g, expected) }

      head :unauthorized
    end
  end
end
