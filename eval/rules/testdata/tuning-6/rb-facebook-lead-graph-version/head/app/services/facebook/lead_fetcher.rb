# frozen_string_literal: true

module Facebook
  # Loads one lead after the leadgen webhook came in.
  class LeadFetcher
    include HTTParty

    Error = Class.new(StandardError)
    Lead = Data.define(:id, :form_id, :email, :phone, :name, :created_at)

    BASE = "https://graph.facebook.com"
    FIELDS = "id,form_id,created_time,field_data"

    base_uri BASE
    default_timeout 12
    format :json

    def initialize(page_token)
      @page_token = page_token
    end

    def call(lead_id)
      response = self.class.get(
        "/#{Integer(lead_id)}",
        query: { fields: FIELDS },
        headers: { "Authorization" => "Bearer #{@page_token}" }
      )
      raise Error, "lead #{lead_id}: status #{response.code}" unless response.success?

      build(response.parsed_response)
    rescue Net::OpenTimeout, Net::ReadTimeout, SocketError, Errno::ECONNREFUSED => e
      raise Error, "lead #{lead_id}: #{e.class}"
    end

    private

    def build(body)
      answers = body.fetch("field_data").to_h { |field| [field["name"], field["values"]&.first] }
      Lead.new(
        id: body.fetch("id"),
        form_id: body.fetch("form_id"),
        email: answers["email"]&.downcase,
        phone: answers["phone_number"],
        name: answers["full_name"],
        created_at: Time.iso8601(body.fetch("created_time").sub(/\+0000\z/, "Z"))
      )
    end
  end
end
