package no.kontoflyt.bankfeed

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.java.Java
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.plugins.logging.LogLevel
import io.ktor.client.plugins.logging.Logging
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

class BankFeedClient(baseUrl: String, private val tokens: ConsentTokens) {

    private val http = HttpClient(Java) {
        expectSuccess = true
        install(ContentNegotiation) {
            json(Json { ignoreUnknownKeys = true })
        }
        install(Logging) {
            level = LogLevel.HEADERS
        }
        defaultRequest { url(baseUrl) }
    }

    /** All booked transactions; the bank hands out a continuation key while there is more. */
    suspend fun transactions(account: AccountId): List<Transaction> {
        val all = mutableListOf<Transaction>()
        var continuation: String? = null
        do {
            val page: TransactionPage = http.get("accounts/${account.value}/transactions") {
                bearerAuth(tokens.forAccount(account))
                parameter("bookingStatus", "booked")
                continuation?.let { parameter("continuationKey", it) }
            }.body()
            all += page.booked
            continuation = page.continuationKey
        } while (continuation != null)
        return all
    }
}
