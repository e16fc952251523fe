package io.wikimirror.notion

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.serialization.kotlinx.json.json
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.serialization.json.Json

class NotionPageCopy(token: String, private val pages: PageIndex, private val mirror: PageMirror) {

    private val http = HttpClient {
        expectSuccess = true
        install(HttpTimeout) { requestTimeoutMillis = 20_000 }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        defaultRequest {
            url("https://api.notion.com/v1/")
            bearerAuth(token)
            header("Notion-Version", "2022-06-28")
        }
    }

    /** A workspace has between 200 and 9000 pages. */
    suspend fun copyAll(workspace: WorkspaceId): Int = coroutineScope {
        val ids = pages.idsOf(workspace)
        val copies = ids.map { id ->
            async {
                val page: NotionPage = http.get("pages/$id").body()
                mirror.save(workspace, page)
            }
        }
        copies.awaitAll().size
    }
}
