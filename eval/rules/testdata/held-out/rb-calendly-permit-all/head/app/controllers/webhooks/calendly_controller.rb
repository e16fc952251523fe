# frozen_string_literal: true

module Webhooks
  class CalendlyController < ActionController::API
    TOLERANCE = 3.minutes

    before_action :verify_signature

    def create
      attributes = params.require(:payload).permit!
      booking = Booking.find_or_initialize_by(external_uri: attributes[:uri])
      booking.update!(attributes.slice(*Booking.column_names))
      head :ok
    rescue ActiveRecord::RecordInvalid => e
      Rails.logger.warn("calendly booking rejected: #{e.record.errors.attribute_names.join(',')}")
      head :unprocessable_entity
    end

    private

    def verify_signature
      parts = request.headers["Calendly-Webhook-Signature"].to_s.split(",").filter_map { |p|
        pair = p.split("=", 2)
        pair if pair.size == 2
      }.to_h
      time = parts["t"].to_i
      return head(:unauthorized) if (Time.now.to_i - time).abs > TOLERANCE.to_i

      expected = OpenSSL::HMAC.hexdigest("SHA256", signing_key, "#{parts['t']}.#{request.raw_post}")
      return if ActiveSupport::SecurityUtils.secure_compare(expected, parts["v1"].to_s)

      head :unauthorized
    end

    def signing_key
      Rails.application.credentials.calendly_signing_key || raise("calendly_signing_key missing")
    end
  end
end
