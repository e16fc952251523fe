package shop

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration

private const val API = "2026-07"

class ShopifyException(message: String) : RuntimeException(message)

/** Writes metafields through the Admin GraphQL API. */
class MetafieldClient(
    private val shop: String,
    private val token: String,
    private val json: ObjectMapper,
) {
    private val http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build()

    init {
        require(Regex("[a-z0-9][a-z0-9-]*\\.myshopify\\.com").matches(shop)) { "unexpected shop domain" }
    }

    fun setCareText(productId: Long, text: String) {
        val variables = mapOf(
            "fields" to listOf(
                mapOf(
                    "ownerId" to "gid://shopify/Product/$productId",
                    "namespace" to "care",
                    "key" to "text",
                    "type" to "multi_line_text_field",
                    "value" to text,
                ),
            ),
        )
        val errors = query(SET, variables).path("metafieldsSet").path("userErrors")
        if (!errors.isEmpty) {
            throw ShopifyException("product $productId: ${errors.first().path("code").asText()}")
        }
    }

    private fun query(document: String, variables: Map<String, Any>): JsonNode {
        val request = HttpRequest.newBuilder(URI("https://$shop/admin/api/$API/graphql.json"))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("X-Shopify-Access-Token", token)
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(mapOf("query" to document, "variables" to variables))))
            .build()
        val response = http.send(request, HttpResponse.BodyHandlers.ofString())
        if (response.statusCode() != 200) throw ShopifyException("shopify answered ${response.statusCode()}")
        val body = json.readTree(response.body())
        if (body.has("errors")) throw ShopifyException("shopify refused the query")
        return body.path("data")
    }

    private companion object {
        const val SET = "mutation(\$fields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: \$fields) { userErrors { code } } }"
    }
}
