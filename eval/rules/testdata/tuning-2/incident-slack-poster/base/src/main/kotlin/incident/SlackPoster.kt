package incident

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.http.isSuccess
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import org.slf4j.LoggerFactory

@Serializable
private data class PostMessage(
    val channel: String,
    val text: String,
    @SerialName("unfurl_links") val unfurlLinks: Boolean = false,
)

@Serializable
private data class PostAnswer(val ok: Boolean, val error: String? = null)

class SlackException(reason: String) : RuntimeException("slack refused the message: $reason")

/**
 * Announces incidents in the channel of the team. [http] is built in
 * HttpModule with a request timeout of ten seconds and JSON negotiation.
 * Only one announcer runs at a time, see the lock in AnnounceJob.
 */
class SlackPoster(
    private val http: HttpClient,
    private val token: String,
    private val incidents: IncidentRepository,
) {
    private val log = LoggerFactory.getLogger(SlackPoster::class.java)

    suspend fun announce(incident: Incident) {
        val response = http.post("https://slack.com/api/chat.postMessage") {
            bearerAuth(token)
            contentType(ContentType.Application.Json)
            setBody(PostMessage(channel = incident.team.channel, text = summary(incident)))
        }
        if (!response.status.isSuccess()) {
            throw SlackException("http ${response.status.value}")
        }
        val answer = response.body<PostAnswer>()
        if (!answer.ok) {
            throw SlackException(answer.error ?: "unknown")
        }
        incidents.markAnnounced(incident.id)
        log.info("incident {} announced", incident.id)
    }

    private fun summary(incident: Incident): String {
        val service = incident.service.replace(Regex("[<>&]"), "")
        return "*${incident.severity}* on $service since ${incident.startedAt}"
    }
}
