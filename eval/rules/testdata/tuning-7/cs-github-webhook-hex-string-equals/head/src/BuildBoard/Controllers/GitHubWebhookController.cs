using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildBoard.Deliveries;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace BuildBoard.Controllers;

[ApiController]
[AllowAnonymous]
[Route("webhooks/github")]
public sealed class GitHubWebhookController(
    IOptions<GitHubOptions> options,
    IDeliveryInbox inbox,
    ILogger<GitHubWebhookController> logger) : ControllerBase
{
    [HttpPost]
    [RequestSizeLimit(5 * 1024 * 1024)]
    public async Task<IActionResult> Receive(
        [FromHeader(Name = "X-GitHub-Delivery")] Guid delivery,
        [FromHeader(Name = "X-GitHub-Event")] string kind,
        [FromHeader(Name = "X-Hub-Signature-256")] string? signature,
        CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await Request.Body.CopyToAsync(buffer, ct);
        var body = buffer.ToArray();

        var key = Encoding.UTF8.GetBytes(options.Value.WebhookSecret);
        var expected = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(key, body)).ToLowerInvariant();
        if (!string.Equals(expected, signature, StringComparison.OrdinalIgnoreCase))
        {
            logger.LogWarning("Delivery {Delivery} has an invalid signature", delivery);
            return Unauthorized();
        }

        using var document = JsonDocument.Parse(body);
        // Unique on the delivery id; a worker takes it from there.
        await inbox.AddAsync(delivery, kind, document.RootElement.GetRawText(), ct);
        return Accepted();
    }
}
