# frozen_string_literal: true

class CreateInboundEvents < ActiveRecord::Migration[7.1]
  def change
    create_table :inbound_events do |t|
      t.string :provider, null: false
      t.string :external_id, null: false
      t.text :payload, null: false
      t.timestamps
    end
    add_index :inbound_events, %i[provider external_id], unique: true
  end
end
