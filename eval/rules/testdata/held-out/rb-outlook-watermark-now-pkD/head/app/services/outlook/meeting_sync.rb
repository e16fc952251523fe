# frozen_string_literal: true

module Outlook
  class MeetingSync
    SELECT = "id,subject,start,end,lastModifiedDateTime,isCancelled"

    def initialize(mailbox, client: GraphClient.new(mailbox))
      @mailbox = mailbox
      @client = client
    end

    # The client follows @odata.nextLink and asks for times in UTC.
    def call
      since = @mailbox.last_synced_at || 30.days.ago
      events = @client.each_page(
        "/me/events",
        "$filter" => "lastModifiedDateTime gt #{since.utc.iso8601}",
        "$select" => SELECT,
        "$top" => 100
      ).to_a.flatten

      events.each do |event|
        if event["isCancelled"]
          @mailbox.meetings.where(external_id: event["id"]).delete_all
          next
        end
        meeting = @mailbox.meetings.find_or_initialize_by(external_id: event["id"])
        meeting.update!(
          subject: event["subject"].to_s,
          starts_at: ActiveSupport::TimeZone["UTC"].parse(event.dig("start", "dateTime")),
          ends_at: ActiveSupport::TimeZone["UTC"].parse(event.dig("end", "dateTime"))
        )
      end

      @mailbox.update!(last_synced_at: Time.current)
      Rails.logger.info("outlook sync mailbox=#{@mailbox.id} events=#{events.size}")
    end
  end
end
