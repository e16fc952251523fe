package de.praxisplan.holidays

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory
import java.time.LocalDate
import java.time.Year

class HolidayClient(private val baseUrl: String) : AutoCloseable {

    private val log = LoggerFactory.getLogger(javaClass)

    private val http = HttpClient(CIO) {
        expectSuccess = true
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
    }

    /** Called once a day by the scheduler, which logs and repeats failures. */
    suspend fun load(year: Year, state: FederalState): Map<LocalDate, String> {
        val answer: Map<String, Holiday> = http.get("$baseUrl/api/") {
            parameter("jahr", year.value)
            parameter("nur_land", state.code)
        }.body()
        check(answer.isNotEmpty()) { "no holidays for $state in $year" }

        log.info("{} holidays for {} in {}", answer.size, state, year)
        return answer.entries.associate { (name, holiday) -> LocalDate.parse(holiday.datum) to name }
    }

    override fun close() = http.close()

    @Serializable
    private data class Holiday(val datum: String, val hinweis: String = "")
}
