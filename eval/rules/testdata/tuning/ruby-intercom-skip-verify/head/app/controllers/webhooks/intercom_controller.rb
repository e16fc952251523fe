module Webhooks
  class IntercomController < Webhooks::BaseController
    signature_header "X-Hub-Signature"
    skip_before_action :verify_signature!, only: :create

    def create
      notification = JSON.parse(raw_payload)
      topic = notification.fetch("topic")
      contact = notification.dig("data", "item")

      case topic
      when "contact.user.updated", "contact.user.created"
        SyncIntercomContactJob.perform_later(contact.fetch("id"))
      when "contact.deleted"
        ArchiveIntercomContactJob.perform_later(contact.fetch("id"))
      end

      head :ok
    rescue JSON::ParserError, KeyError
      head :unprocessable_entity
    end

    private

    def signing_secret
      Rails.application.credentials.dig(:intercom, :client_secret)
    end
  end
end
