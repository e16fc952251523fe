using System.Net;
using System.Net.Http.Json;

namespace Checkout.Payments;

public sealed record ChargeRequest(string OrderId, long AmountMinor, string Currency, string CardToken);

public sealed record Charge(string Id, string Status);

public sealed class AcquirerClient(HttpClient http, ILogger<AcquirerClient> logger)
{
    public async Task<Charge> ChargeAsync(ChargeRequest request, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync("v2/charges", new
        {
            amount = request.AmountMinor,
            currency = request.Currency,
            source = request.CardToken,
            metadata = new { order = request.OrderId },
        }, ct);
        if (response.StatusCode == HttpStatusCode.PaymentRequired)
        {
            throw new ChargeDeclinedException(request.OrderId);
        }
        response.EnsureSuccessStatusCode();

        var charge = await response.Content.ReadFromJsonAsync<Charge>(ct)
            ?? throw new InvalidOperationException("empty answer of the acquirer");
        logger.LogInformation("Order {OrderId} charged as {ChargeId}", request.OrderId, charge.Id);
        return charge;
    }
}
