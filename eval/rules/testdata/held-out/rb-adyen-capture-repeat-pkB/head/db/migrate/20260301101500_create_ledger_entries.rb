# frozen_string_literal: true

class CreateLedgerEntries < ActiveRecord::Migration[7.1]
  def change
    create_table :ledger_entries do |t|
      t.references :order, null: false, foreign_key: true
      t.string :kind, null: false
      t.bigint :amount_cents, null: false
      t.string :currency, null: false, limit: 3
      t.datetime :booked_at, null: false
      t.timestamps
    end
  end
end
