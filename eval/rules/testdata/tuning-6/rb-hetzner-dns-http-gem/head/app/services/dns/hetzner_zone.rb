# frozen_string_literal: true

module Dns
  # Adds and removes the TXT records of certificate orders.
  class HetznerZone
    Error = Class.new(StandardError)

    API = "https://dns.hetzner.com/api/v1"

    def initialize(zone_id:, token: Rails.application.credentials.hetzner_dns_token!)
      @zone_id = zone_id
      @http = HTTP
        .headers("Auth-API-Token" => token, accept: "application/json")
    end

    def add_txt(name, value, ttl: 120)
      response = @http.post("#{API}/records", json: { zone_id: @zone_id, type: "TXT", name:, value:, ttl: })
      raise Error, "record not added: #{response.status.code}" unless response.status.success?

      response.parse.dig("record", "id")
    end

    def remove(record_id)
      response = @http.delete("#{API}/records/#{record_id}")
      return if response.status.success? || response.status.not_found?

      raise Error, "record not removed: #{response.status.code}"
    end

    def present?(record_id)
      response = @http.get("#{API}/records/#{record_id}")
      return false if response.status.not_found?
      raise Error, "record not loaded: #{response.status.code}" unless response.status.success?

      response.parse.dig("record", "zone_id") == @zone_id
    end
  end
end
