package incident

import io.ktor.client.HttpClient
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import org.slf4j.LoggerFactory

@Serializable
private data class PostMessage(
    val channel: String,
    val text: String,
    @SerialName("unfurl_links") val unfurlLinks: Boolean = false,
)

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
        http.post("https://slack.com/api/chat.postMessage") {
            bearerAuth(token)
            contentType(ContentType.Application.Json)
            setBody(PostMessage(channel = incident.team.channel, text = summary(incident)))
        }
        incidents.markAnnounced(incident.id)
        log.info("incident {} announced", incident.id)
    }

    private fun summary(incident: Incident): String {
        val service = incident.service.replace(Regex("[<>&]"), "")
        return "*${incident.severity}* on $service since ${incident.startedAt}"
    }
}
