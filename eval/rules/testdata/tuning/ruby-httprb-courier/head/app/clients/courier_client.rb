require "http"

class CourierClient
  Error = Class.new(StandardError)
  Rejected = Class.new(Error)

  def initialize(base_url: Rails.configuration.x.courier.base_url, api_key: Rails.configuration.x.courier.api_key)
    @base_url = base_url
    @http = HTTP.headers("X-Api-Key" => api_key, accept: "application/json")
  end

  def book(shipment)
    response = @http
      .headers("Idempotency-Key" => "shipment-#{shipment.id}")
      .post("#{@base_url}/bookings", json: booking_payload(shipment))

    case response.status.code
    when 200, 201 then response.parse.fetch("booking_id")
    when 400..499 then raise Rejected, "courier rejected shipment #{shipment.id}: #{response.status.code}"
    else raise Error, "courier answered #{response.status.code}"
    end
  rescue HTTP::Error => e
    raise Error, "courier unreachable: #{e.class}"
  end

  private

  def booking_payload(shipment)
    {
      reference: shipment.reference,
      weight_g: shipment.weight_grams,
      pickup_at: shipment.pickup_at.utc.iso8601,
      to: shipment.address.as_json(only: %i[street zip city country])
    }
  end
end
