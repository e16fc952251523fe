package com.routely.routing

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.java.Java
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.parameter
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

class RouteMatrixClient(private val apiKey: String) {

    private val client = HttpClient(Java) {
        expectSuccess = true
        install(ContentNegotiation) {
            json(Json { ignoreUnknownKeys = true })
        }
    }

    suspend fun matrix(stops: List<Stop>): TravelMatrix {
        require(stops.size in 2..MAX_STOPS) { "between 2 and $MAX_STOPS stops, got ${stops.size}" }
        val answer: MatrixAnswer = client.post("https://matrix.router.hereapi.com/v8/matrix") {
            parameter("apiKey", apiKey)
            parameter("async", "false")
            contentType(ContentType.Application.Json)
            setBody(MatrixRequest.of(stops))
        }.body()
        check(answer.matrix.travelTimes.size == stops.size * stops.size) { "matrix has the wrong size" }
        return TravelMatrix(stops, answer.matrix.travelTimes)
    }

    private companion object {
        const val MAX_STOPS = 15
    }
}
