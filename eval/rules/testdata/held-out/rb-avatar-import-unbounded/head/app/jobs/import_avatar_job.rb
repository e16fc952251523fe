# frozen_string_literal: true

require "net/http"

class ImportAvatarJob < ApplicationJob
  queue_as :media

  TYPES = %w[image/png image/jpeg image/webp].freeze

  retry_on Net::OpenTimeout, Net::ReadTimeout, wait: :polynomially_longer, attempts: 4

  # picture_url is what the salesperson has entered at Pipedrive.
  def perform(contact_id, picture_url)
    contact = Contact.find(contact_id)
    uri = URI.parse(picture_url)
    return unless uri.is_a?(URI::HTTPS)

    response = Net::HTTP.start(uri.host, uri.port, use_ssl: true, open_timeout: 3, read_timeout: 10) do |http|
      http.get(uri.request_uri)
    end
    unless response.is_a?(Net::HTTPSuccess) && TYPES.include?(response.content_type)
      Rails.logger.info("avatar not imported contact=#{contact_id} status=#{response.code}")
      return
    end

    contact.avatar.attach(
      io: StringIO.new(response.body),
      filename: "avatar-#{contact_id}",
      content_type: response.content_type
    )
  rescue URI::InvalidURIError
    Rails.logger.info("avatar not imported contact=#{contact_id} malformed url")
  end
end
