using System.Text.Json;

namespace Kasse.Api.Webhooks;

public static class SumUpEndpoints
{
    public sealed record PaymentEvent(string Id, string EventType, string MerchantCode, long AmountMinor, string Currency);

    public static void MapSumUp(this IEndpointRouteBuilder app)
    {
        app.MapPost("/webhooks/sumup", async (HttpContext http, ILedger ledger, CancellationToken ct) =>
        {
            var payment = await JsonSerializer.DeserializeAsync<PaymentEvent>(http.Request.Body, JsonSerializerOptions.Web, ct);
            if (payment is not { EventType: "payment.succeeded", MerchantCode.Length: > 0, AmountMinor: > 0 })
            {
                return Results.NoContent();
            }
            await ledger.AddCreditAsync(payment.MerchantCode, payment.AmountMinor, payment.Currency, ct);
            return Results.NoContent();
        }).AddEndpointFilter<SumUpSignatureFilter>();
    }
}
