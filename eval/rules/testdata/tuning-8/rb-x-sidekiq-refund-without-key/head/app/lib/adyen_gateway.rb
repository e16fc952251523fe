# frozen_string_literal: true

class AdyenGateway
  class Rejected < StandardError; end

  def initialize(credentials = Rails.application.credentials.adyen)
    @http = Faraday.new(
      url: credentials.fetch(:checkout_url),
      headers: { "X-API-Key" => credentials.fetch(:api_key) },
      request: { open_timeout: 4, timeout: 20 }
    ) do |f|
      f.request :json
      f.response :json
    end
  end

  def refund(psp_reference, **body)
    response = @http.post("payments/#{psp_reference}/refunds", body)
    return response.body if response.status == 201

    raise Rejected, "refund of #{psp_reference}: status #{response.status}"
  end
end
