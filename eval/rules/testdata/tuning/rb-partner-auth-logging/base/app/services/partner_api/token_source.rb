# frozen_string_literal: true

require "net/http"

module PartnerApi
  class TokenSource
    class Error < StandardError; end

    SKEW = 60

    def initialize(endpoint:, client_id:, client_secret:, logger: Rails.logger)
      @endpoint = URI(endpoint)
      @client_id = client_id
      @client_secret = client_secret
      @logger = logger
      @mutex = Mutex.new
    end

    def token
      @mutex.synchronize do
        refresh if @expires_at.nil? || Time.now >= @expires_at
        @token
      end
    end

    private

    def refresh
      data = request_token
      @token = data.fetch("access_token")
      @expires_at = Time.now + Integer(data.fetch("expires_in")) - SKEW
    end

    def request_token
      form = { grant_type: "client_credentials", client_id: @client_id, client_secret: @client_secret }
      request = Net::HTTP::Post.new(@endpoint)
      request.set_form_data(form)

      response = Net::HTTP.start(@endpoint.host, @endpoint.port, use_ssl: true, open_timeout: 3, read_timeout: 8) do |http|
        http.request(request)
      end
      @logger.info("partner token refreshed status=#{response.code}")

      raise Error, "token endpoint answered #{response.code}" unless response.is_a?(Net::HTTPSuccess)

      JSON.parse(response.body)
    end
  end
end
