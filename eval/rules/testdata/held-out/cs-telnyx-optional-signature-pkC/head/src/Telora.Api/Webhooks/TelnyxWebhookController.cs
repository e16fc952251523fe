using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Telora.Api.Messaging;

namespace Telora.Api.Webhooks;

[ApiController]
[Route("hooks/telnyx")]
public sealed class TelnyxWebhookController : ControllerBase
{
    private readonly TelnyxSignature _signature;
    private readonly IInboundMessageQueue _queue;
    private readonly ILogger<TelnyxWebhookController> _logger;

    public TelnyxWebhookController(
        TelnyxSignature signature, IInboundMessageQueue queue, ILogger<TelnyxWebhookController> logger)
    {
        _signature = signature;
        _queue = queue;
        _logger = logger;
    }

    [HttpPost("messages")]
    [RequestSizeLimit(128 * 1024)]
    public async Task<IActionResult> Receive(CancellationToken ct)
    {
        using var reader = new StreamReader(Request.Body);
        var body = await reader.ReadToEndAsync(ct);

        if (Request.Headers.TryGetValue("telnyx-signature-ed25519", out var signature)
            && Request.Headers.TryGetValue("telnyx-timestamp", out var timestamp))
        {
            if (!_signature.IsValid(signature.ToString(), timestamp.ToString(), body))
            {
                _logger.LogWarning("telnyx webhook with an invalid signature");
                return Unauthorized();
            }
        }

        var envelope = JsonSerializer.Deserialize<TelnyxEnvelope>(body, TelnyxJson.Options);
        if (envelope?.Data is null)
        {
            return BadRequest();
        }
        await _queue.EnqueueOnceAsync(envelope.Data.Id, envelope.Data.EventType, body, ct);
        return Ok();
    }
}
