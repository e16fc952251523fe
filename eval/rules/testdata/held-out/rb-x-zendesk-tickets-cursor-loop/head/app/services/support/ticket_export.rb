# frozen_string_literal: true

module Support
  class TicketExport
    class Failed < StandardError; end

    MAX_WAITS = 5

    def initialize(desk)
      @desk = desk
      @http = Faraday.new(url: desk.base_url, request: { timeout: 60, open_timeout: 5 }) do |f|
        f.request :authorization, :basic, "#{desk.agent_email}/token", desk.api_token
        f.response :json
      end
    end

    def run
      loop do
        page = fetch
        Ticket.transaction do
          upsert(page.fetch("tickets"))
          @desk.update!(export_cursor: page.fetch("after_cursor") || @desk.export_cursor)
        end
        break if page.fetch("end_of_stream")
      end
    end

    private

    def fetch
      waits = 0
      begin
        response = @http.get("/api/v2/incremental/tickets/cursor.json", position)
        return response.body if response.success?
        raise Failed, "tickets: status #{response.status}" unless response.status == 429 && (waits += 1) <= MAX_WAITS

        sleep(Integer(response.headers["Retry-After"] || 30))
      end while true
    end

    def position
      @desk.export_cursor ? { cursor: @desk.export_cursor } : { start_time: @desk.export_from.to_i }
    end

    def upsert(tickets)
      return if tickets.empty?

      rows = tickets.uniq { |t| t["id"] }.map do |t|
        { desk_id: @desk.id, zendesk_id: t.fetch("id"), subject: t["subject"], status: t.fetch("status"), changed_at: t.fetch("updated_at") }
      end
      Ticket.upsert_all(rows, unique_by: %i[desk_id zendesk_id])
    end
  end
end
