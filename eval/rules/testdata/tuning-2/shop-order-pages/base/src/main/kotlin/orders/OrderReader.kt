package orders

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import kotlin.random.Random

private const val API_VERSION = "2026-07"
private const val MAX_TRIES = 5

class OrderReader(
    private val shop: String,
    private val token: String,
    private val json: ObjectMapper,
    private val sleep: (Duration) -> Unit = { Thread.sleep(it) },
) {
    private val http = HttpClient.newBuilder()
        .connectTimeout(Duration.ofSeconds(3))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build()

    fun ordersSince(sinceId: Long): Sequence<JsonNode> = sequence {
        val query = "status=any&limit=250&since_id=$sinceId"
        var next: URI? = URI("https://$shop/admin/api/$API_VERSION/orders.json?$query")
        while (next != null) {
            val response = get(next)
            yieldAll(json.readTree(response.body()).path("orders"))
            next = null
        }
    }

    private fun get(uri: URI): HttpResponse<String> {
        repeat(MAX_TRIES) {
            val request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(15))
                .header("X-Shopify-Access-Token", token)
                .GET()
                .build()
            val response = http.send(request, HttpResponse.BodyHandlers.ofString())
            if (response.statusCode() == 200) return response
            if (response.statusCode() != 429) throw ShopUnavailable("orders answered ${response.statusCode()}")

            val seconds = response.headers().firstValue("retry-after").orElse("2").toDoubleOrNull() ?: 2.0
            sleep(Duration.ofMillis((seconds.coerceIn(1.0, 60.0) * 1000).toLong() + Random.nextLong(500)))
        }
        throw ShopUnavailable("orders are still throttled after $MAX_TRIES tries")
    }
}

class ShopUnavailable(message: String) : RuntimeException(message)
