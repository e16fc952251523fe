# frozen_string_literal: true

module Customs
  class StatusQuery
    class BadAnswer < StandardError; end

    Status = Struct.new(:mrn, :code, :released_at, keyword_init: true)

    def initialize(endpoint: Rails.configuration.x.customs.endpoint, credentials: Rails.application.credentials.customs)
      @http = Faraday.new(url: endpoint, request: { timeout: 25, open_timeout: 5 }) do |f|
        f.request :authorization, :basic, credentials.fetch(:user), credentials.fetch(:password)
        f.response :raise_error
        f.response :json
      end
    end

    def call(mrn)
      raise ArgumentError, "not an MRN" unless mrn.match?(/\A\d{2}[A-Z]{2}[A-Z0-9]{14}\z/)

      begin
        body = @http.get("declarations/#{mrn}/status").body
      rescue Faraday::Error => e
        Rails.logger.info("customs status of #{mrn}: #{e.class}, trying again")
        retry
      end

      parse(mrn, body)
    end

    private

    def parse(mrn, body)
      Status.new(
        mrn: mrn,
        code: body.fetch("statusCode"),
        released_at: body["releasedAt"] && Time.iso8601(body["releasedAt"])
      )
    rescue KeyError, ArgumentError, NoMethodError => e
      raise BadAnswer, "#{mrn}: #{e.message}"
    end
  end
end
