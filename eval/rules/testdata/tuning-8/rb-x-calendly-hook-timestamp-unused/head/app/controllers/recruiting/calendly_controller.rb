# frozen_string_literal: true

module Recruiting
  class CalendlyController < ActionController::API
    before_action :verify!

    def create
      body = JSON.parse(request.raw_post)
      invitee = body.fetch("payload")

      case body.fetch("event")
      when "invitee.created"
        Interview.create_or_find_by!(invitee_uri: invitee.fetch("uri")) do |interview|
          interview.candidate_email = invitee.fetch("email")
          interview.starts_at = Time.iso8601(invitee.dig("scheduled_event", "start_time"))
        end
      when "invitee.canceled"
        Interview.where(invitee_uri: invitee.fetch("uri")).update_all(state: "canceled", updated_at: Time.current)
      end
      head :no_content
    rescue JSON::ParserError, KeyError, TypeError, ArgumentError => e
      logger.warn("calendly payload rejected: #{e.class}")
      head :bad_request
    end

    private

    def verify!
      parts = request.headers["Calendly-Webhook-Signature"].to_s.split(",").filter_map { |p| p.split("=", 2) if p.include?("=") }.to_h
      timestamp, signature = parts.values_at("t", "v1")
      return head(:unauthorized) if timestamp.blank? || signature.blank?

      expected = OpenSSL::HMAC.hexdigest("SHA256", signing_key, "#{timestamp}.#{request.raw_post}")
      head(:unauthorized) unless ActiveSupport::SecurityUtils.secure_compare(expected, signature)
    end

    def signing_key
      Rails.application.credentials.calendly.fetch(:webhook_signing_key)
    end
  end
end
