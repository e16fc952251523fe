class CreatePaymentEvents < ActiveRecord::Migration[7.1]
  def change
    create_table :payment_events do |t|
      t.string :provider, null: false
      t.string :external_id, null: false
      t.string :kind, null: false
      t.timestamps
    end
    add_index :payment_events, %i[provider external_id], unique: true
  end
end
