using System.Text.Json;
using Deskly.Channels.Assistant;
using Microsoft.AspNetCore.Mvc;

namespace Deskly.Channels.WhatsApp;

[ApiController]
[Route("channels/whatsapp")]
[ServiceFilter(typeof(HubSignature256Filter))]
public sealed class WhatsAppController : ControllerBase
{
    private readonly IReceivedMessages _received;
    private readonly IAssistant _assistant;
    private readonly WhatsAppSender _sender;

    public WhatsAppController(IReceivedMessages received, IAssistant assistant, WhatsAppSender sender)
    {
        _received = received;
        _assistant = assistant;
        _sender = sender;
    }

    [HttpPost]
    [RequestSizeLimit(512 * 1024)]
    public async Task<IActionResult> Receive([FromBody] JsonDocument payload, CancellationToken ct)
    {
        foreach (var message in WhatsAppPayload.TextMessages(payload))
        {
            if (await _received.ContainsAsync(message.Id, ct))
            {
                continue;
            }
            var history = await _received.HistoryAsync(message.From, 20, ct);
            var answer = await _assistant.CompleteAsync(history, message.Text, ct);
            await _sender.SendTextAsync(message.From, answer, ct);
            await _received.SaveAsync(message, answer, ct);
        }
        return Ok();
    }
}
