package shop.stockfish.shopify

import org.springframework.http.HttpHeaders
import org.springframework.http.client.SimpleClientHttpRequestFactory
import org.springframework.stereotype.Component
import org.springframework.web.client.RestClient
import org.springframework.web.client.body
import java.time.Duration

private const val API_VERSION = "2021-01"

@Component
class InventoryClient(private val shops: ShopCredentials) {

    private val http = RestClient.builder()
        .requestFactory(
            SimpleClientHttpRequestFactory().apply {
                setConnectTimeout(Duration.ofSeconds(3))
                setReadTimeout(Duration.ofSeconds(15))
            },
        )
        .build()

    /** One level per item at most; StockSync calls it in chunks of 50 and throttles. */
    fun levels(shop: ShopDomain, location: Long, items: List<Long>): List<InventoryLevel> {
        require(items.size in 1..50) { "1 to 50 items, not ${items.size}" }

        val answer = http.get()
            .uri(
                "https://{shop}/admin/api/{version}/inventory_levels.json?location_ids={location}&inventory_item_ids={ids}&limit=50",
                shop.value,
                API_VERSION,
                location,
                items.joinToString(","),
            )
            .header("X-Shopify-Access-Token", shops.accessToken(shop))
            .header(HttpHeaders.ACCEPT, "application/json")
            .retrieve()
            .body<InventoryLevels>()

        return answer?.inventoryLevels ?: error("Shopify answer without inventory_levels")
    }
}
