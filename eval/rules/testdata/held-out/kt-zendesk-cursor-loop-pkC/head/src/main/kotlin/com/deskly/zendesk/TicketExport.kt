package com.deskly.zendesk

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import retrofit2.Response
import retrofit2.http.GET
import retrofit2.http.Query
import kotlin.time.Duration.Companion.seconds

/** The Retrofit instance and its OkHttpClient come from ZendeskModule. */
interface ZendeskIncremental {
    @GET("api/v2/incremental/tickets/cursor.json")
    suspend fun tickets(@Query("start_time") startTime: Long?, @Query("cursor") cursor: String?): Response<TicketPage>
}

class TicketExport(private val api: ZendeskIncremental, private val cursors: CursorStore) {

    fun changed(startTime: Long): Flow<List<Ticket>> = flow {
        var cursor = cursors.load("zendesk-tickets")
        do {
            val page = fetch(startTime.takeIf { cursor == null }, cursor)
            emit(page.tickets)
            cursor = page.afterCursor
            cursor?.let { cursors.save("zendesk-tickets", it) }
        } while (!page.endOfStream)
    }

    private suspend fun fetch(startTime: Long?, cursor: String?): TicketPage {
        repeat(MAX_WAITS) {
            val response = api.tickets(startTime, cursor)
            if (response.code() != 429) {
                return response.body().takeIf { response.isSuccessful }
                    ?: throw ZendeskException("ticket export answered ${response.code()}")
            }
            val wait = response.headers()["Retry-After"]?.toLongOrNull() ?: 30
            delay(wait.coerceIn(1, 120).seconds)
        }
        throw ZendeskException("ticket export still rate limited after $MAX_WAITS waits")
    }

    private companion object {
        const val MAX_WAITS = 6
    }
}
