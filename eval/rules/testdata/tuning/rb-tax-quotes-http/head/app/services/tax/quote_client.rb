# frozen_string_literal: true

require "http"

module Tax
  class QuoteClient
    HOST = "https://api.taxjar.com"
    VERSION = "2022-01-24"

    class Unavailable < StandardError; end
    class Rejected < StandardError; end

    def initialize(token: ENV.fetch("TAXJAR_TOKEN"))
      @token = token
    end

    # @return [BigDecimal] tax to collect
    def tax_for(order)
      data = post("/v2/taxes", Tax::OrderPresenter.new(order).as_json)
      BigDecimal(data.fetch("tax").fetch("amount_to_collect").to_s)
    end

    private

    def session
      @session ||= HTTP
        .persistent(HOST)
        .headers("x-api-version" => VERSION, accept: "application/json")
        .auth("Bearer #{@token}")
    end

    def post(path, body)
      response = session.post(path, json: body)
      case response.code
      when 200 then response.parse
      when 400..499 then raise Rejected, "tax quote rejected with #{response.code}"
      else raise Unavailable, "tax service answered #{response.code}"
      end
    rescue HTTP::ConnectionError, HTTP::TimeoutError => e
      raise Unavailable, e.class.name
    ensure
      response&.flush
    end
  end
end
