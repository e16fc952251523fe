# frozen_string_literal: true

module Webhooks
  class GocardlessController < ActionController::API
    MAX_BODY = 2.megabytes

    before_action :check_size
    before_action :check_signature

    def create
      events = JSON.parse(raw_body).fetch("events")
      rows = events.map { |e| { event_id: e.fetch("id"), resource_type: e.fetch("resource_type"), payload: e } }
      # Unique index on event_id; repeated deliveries insert nothing.
      GocardlessEvent.insert_all(rows, unique_by: :event_id) if rows.any?
      ProcessGocardlessEventsJob.perform_later
      head :no_content
    rescue JSON::ParserError, KeyError => e
      Rails.logger.warn("gocardless payload rejected: #{e.class}")
      head :bad_request
    end

    private

    def check_size
      head :content_too_large if request.content_length.to_i > MAX_BODY
    end

    def check_signature
      digest = OpenSSL::HMAC.hexdigest("SHA256", Rails.application.credentials.gocardless.fetch(:webhook_secret), raw_body)
      head 498 unless digest == request.headers["Webhook-Signature"]
    end

    def raw_body
      @raw_body ||= request.raw_post
    end
  end
end
