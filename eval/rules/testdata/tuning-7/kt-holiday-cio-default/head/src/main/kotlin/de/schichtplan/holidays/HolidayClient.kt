package de.schichtplan.holidays

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.ResponseException
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.serialization.JsonConvertException
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.Serializable
import java.io.IOException
import java.time.LocalDate
import java.time.Year

class HolidayClient {

    private val http = HttpClient(CIO) {
        expectSuccess = true
        install(ContentNegotiation) { json() }
        defaultRequest { url("https://holidays.example/api/v2/") }
    }

    @Throws(HolidaysUnavailable::class)
    suspend fun publicHolidays(state: FederalState, year: Year): Set<LocalDate> {
        val days: List<Holiday> = try {
            http.get("holidays") {
                parameter("state", state.code)
                parameter("year", year.value)
            }.body()
        } catch (e: ResponseException) {
            throw HolidaysUnavailable("holiday service answered ${e.response.status}", e)
        } catch (e: IOException) {
            throw HolidaysUnavailable("holiday service is not reachable", e)
        } catch (e: JsonConvertException) {
            throw HolidaysUnavailable("holiday service sent something else", e)
        }
        return days.mapTo(sortedSetOf()) { LocalDate.parse(it.date) }
    }

    @Serializable
    private data class Holiday(val date: String, val name: String)
}
