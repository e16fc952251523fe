# frozen_string_literal: true

module Webhooks
  class PostmarkController < ActionController::API
    include ActionController::HttpAuthentication::Basic::ControllerMethods

    HARD = %w[HardBounce BadEmailAddress ManuallyDeactivated].freeze

    http_basic_authenticate_with(
      name: ENV.fetch("POSTMARK_HOOK_USER"),
      password: ENV.fetch("POSTMARK_HOOK_PASSWORD")
    )

    # POST /webhooks/postmark/bounce
    def bounce
      event = JSON.parse(request.raw_post)
      return head :no_content unless event["RecordType"] == "Bounce" && HARD.include?(event["Type"])

      # a repeated delivery finds the row of the first one
      Suppression.create_or_find_by!(email: event.fetch("Email").downcase) do |s|
        s.reason = event.fetch("Type")
        s.source = "postmark"
        s.occurred_at = Time.iso8601(event.fetch("BouncedAt"))
      end
      head :no_content
    rescue JSON::ParserError, KeyError, ArgumentError => e
      Rails.logger.warn("postmark bounce not understood: #{e.class}")
      head :bad_request
    end
  end
end
