using System.Net.Http.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Ledger.Api.Vat;

public sealed partial class ViesNumberCheck : IVatNumberCheck
{
    private readonly HttpClient _client;
    private readonly ILogger<ViesNumberCheck> _logger;

    public ViesNumberCheck(IHttpClientFactory factory, ILogger<ViesNumberCheck> logger)
    {
        _client = factory.CreateClient(nameof(ViesNumberCheck));
        _logger = logger;
    }

    public async Task<VatCheck> CheckAsync(string number, CancellationToken ct)
    {
        var compact = number.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (!VatNumber().IsMatch(compact))
        {
            return VatCheck.Malformed;
        }
        try
        {
            using var response = await _client.PostAsJsonAsync(
                "https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number",
                new { countryCode = compact[..2], vatNumber = compact[2..] },
                ct);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<ViesAnswer>(ct);
            return answer is null ? VatCheck.Unavailable : answer.Valid ? VatCheck.Valid : VatCheck.Invalid;
        }
        catch (Exception ex) when (ex is HttpRequestException || (ex is TaskCanceledException && !ct.IsCancellationRequested))
        {
            _logger.LogWarning(ex, "VIES does not answer");
            return VatCheck.Unavailable;
        }
    }

    [GeneratedRegex("^[A-Z]{2}[0-9A-Z+*]{2,12}$")]
    private static partial Regex VatNumber();

    private sealed record ViesAnswer([property: JsonPropertyName("valid")] bool Valid);
}
