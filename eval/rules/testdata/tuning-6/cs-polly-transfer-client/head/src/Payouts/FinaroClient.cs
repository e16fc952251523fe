using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Payouts;

public sealed class FinaroClient(HttpClient http, ILogger<FinaroClient> logger)
{
    public async Task<string> TransferAsync(Payout payout, CancellationToken ct)
    {
        var body = new
        {
            creditorIban = payout.Iban,
            creditorName = payout.AccountHolder,
            amount = payout.AmountMinor,
            currency = "EUR",
            remittance = payout.Reference,
        };
        using var response = await http.PostAsJsonAsync("v2/transfers", body, ct);
        if (!response.IsSuccessStatusCode)
        {
            logger.LogError("Payout {Payout} refused with {Status}", payout.Id, (int)response.StatusCode);
            throw new PayoutFailedException(payout.Id, (int)response.StatusCode);
        }
        var answer = await response.Content.ReadFromJsonAsync<TransferAnswer>(ct);
        return answer?.TransferId ?? throw new PayoutFailedException(payout.Id, 200);
    }

    private sealed record TransferAnswer(string TransferId);
}
