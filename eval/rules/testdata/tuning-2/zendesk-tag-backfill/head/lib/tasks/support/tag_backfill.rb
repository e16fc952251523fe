# frozen_string_literal: true

require "faraday"

module Support
  # Copies the product line of an account to the tags of its open tickets.
  class TagBackfill
    MAX_REPEATS = 50

    class Failed < StandardError; end

    def initialize(subdomain:, email:, token:, logger: Rails.logger)
      @logger = logger
      @http = Faraday.new(
        url: "https://#{subdomain}.zendesk.com",
        request: { open_timeout: 3, timeout: 10 }
      ) do |f|
        f.request :authorization, :basic, "#{email}/token", token
        f.request :json
        f.response :json
      end
    end

    def run(scope)
      done = 0
      scope.find_each do |ticket|
        put_tags(ticket.zendesk_id, [ticket.account.product_line])
        ticket.update!(tagged_at: Time.current)
        done += 1
      end
      @logger.info("tag backfill: #{done} tickets")
      done
    end

    private

    def put_tags(ticket_id, tags)
      repeats = 0
      loop do
        response = @http.put("/api/v2/tickets/#{Integer(ticket_id)}/tags.json", { tags: tags })
        return response.body if response.status == 200

        repeats += 1
        next if response.status == 429 && repeats < MAX_REPEATS

        raise Failed, "ticket #{ticket_id}: zendesk answered #{response.status}"
      end
    end
  end
end
