# frozen_string_literal: true

class IntercomSegmentTagJob < ApplicationJob
  queue_as :crm

  def perform(segment, tag_id)
    failures = 0
    segment.contacts.where.not(intercom_id: nil).find_each do |contact|
      response = http.post("contacts/#{contact.intercom_id}/tags", { id: tag_id })
      case response.status
      when 200
        contact.taggings.create_or_find_by!(intercom_tag_id: tag_id)
      when 429
        logger.warn("intercom: too many requests, contact #{contact.id} skipped")
      else
        failures += 1
        logger.error("intercom: contact #{contact.id} not tagged, status #{response.status}")
      end
    end

    segment.update!(last_tagged_at: Time.current, tag_failures: failures)
  end

  private

  def http
    @http ||= Faraday.new(
      url: "https://api.intercom.io/",
      headers: {
        "Authorization" => "Bearer #{Rails.application.credentials.intercom.fetch(:access_token)}",
        "Intercom-Version" => "2.11"
      },
      request: { open_timeout: 3, timeout: 10 }
    ) do |f|
      f.request :json
      f.response :json
    end
  end
end
