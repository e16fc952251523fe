# frozen_string_literal: true

module Crm
  class PersonDeltaSync
    def initialize(connection, client: PipedriveClient.new(connection))
      @connection = connection
      @client = client
    end

    def call
      count = 0
      # each_person follows next_cursor to the end and honours Retry-After
      @client.each_person(updated_since: @connection.synced_at) do |person|
        upsert(person)
        count += 1
      end

      @connection.update!(synced_at: Time.current, last_sync_count: count, last_error: nil)
    rescue PipedriveClient::Error => e
      @connection.update!(last_error: e.message.truncate(500))
      raise
    end

    private

    def upsert(person)
      contact = Contact.find_or_initialize_by(account_id: @connection.account_id, pipedrive_id: person.fetch("id"))
      contact.assign_attributes(
        name: person.fetch("name"),
        email: primary(person["emails"]),
        phone: primary(person["phones"]),
        owner_ref: person["owner_id"],
        deleted_at: person["is_deleted"] ? Time.current : nil
      )
      contact.save!
    end

    def primary(entries)
      entries = Array(entries)
      (entries.find { |e| e["primary"] } || entries.first)&.fetch("value", nil)
    end
  end
end
