using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Shop.Payments.Orders;

namespace Shop.Payments.Mollie;

/// <summary>
/// Mollie posts the id of a payment and nothing else. What counts is the answer of their API.
/// </summary>
[ApiController]
[AllowAnonymous]
[Route("webhooks/mollie")]
public sealed class MollieWebhookController(
    MollieClient mollie,
    IOrderPayments payments,
    ILogger<MollieWebhookController> logger) : ControllerBase
{
    [HttpPost]
    [Consumes("application/x-www-form-urlencoded")]
    public async Task<IActionResult> Changed([FromForm] string id, CancellationToken ct)
    {
        if (!MollieClient.IsPaymentId(id) || !await payments.ExistsAsync(id, ct))
        {
            // The same answer as for a known one, so that nobody can probe for ids.
            return Ok();
        }

        var payment = await mollie.GetPaymentAsync(id, ct);
        var changed = await payments.SetStatusAsync(payment.Id, payment.Status, payment.Amount, ct);
        if (changed)
        {
            logger.LogInformation("Payment {PaymentId} is now {Status}", payment.Id, payment.Status);
        }
        return Ok();
    }
}
