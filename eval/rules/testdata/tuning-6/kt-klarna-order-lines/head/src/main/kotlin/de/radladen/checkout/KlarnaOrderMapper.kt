package de.radladen.checkout

import java.util.Locale

data class CartLine(
    val sku: String,
    val name: String,
    val quantity: Int,
    /** gross price of one piece in euros */
    val price: Double,
    val taxPercent: Int,
)

data class Cart(val id: String, val country: String, val lines: List<CartLine>) {
    val total: Double get() = lines.sumOf { it.price * it.quantity }
}

/** Builds the body of POST /payments/v1/sessions; Klarna takes amounts in cents. */
class KlarnaOrderMapper {

    fun toSession(cart: Cart, locale: Locale): Map<String, Any> {
        require(cart.lines.isNotEmpty()) { "cart ${cart.id} is empty" }
        val lines = cart.lines.map(::toLine)
        return mapOf(
            "purchase_country" to cart.country,
            "purchase_currency" to "EUR",
            "locale" to locale.toLanguageTag(),
            "order_amount" to minor(cart.total),
            "order_tax_amount" to lines.sumOf { it["total_tax_amount"] as Int },
            "order_lines" to lines,
            "merchant_reference1" to cart.id,
        )
    }

    private fun toLine(line: CartLine): Map<String, Any> {
        val total = minor(line.price * line.quantity)
        val taxRate = line.taxPercent * 100
        return mapOf(
            "type" to "physical",
            "reference" to line.sku,
            "name" to line.name,
            "quantity" to line.quantity,
            "unit_price" to minor(line.price),
            "tax_rate" to taxRate,
            "total_amount" to total,
            "total_tax_amount" to total - (total.toLong() * 10_000 / (10_000 + taxRate)).toInt(),
        )
    }

    private fun minor(price: Double): Int = (price * 100).toInt()
}
