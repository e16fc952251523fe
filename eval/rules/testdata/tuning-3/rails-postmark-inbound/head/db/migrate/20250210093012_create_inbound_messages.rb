# frozen_string_literal: true

class CreateInboundMessages < ActiveRecord::Migration[7.2]
  def change
    create_table :inbound_messages do |t|
      t.string :postmark_id, null: false
      t.string :from_address, null: false
      t.string :subject
      t.text :text_body
      t.string :mailbox_hash
      t.datetime :routed_at
      t.timestamps
    end
    add_index :inbound_messages, :postmark_id, unique: true
  end
end
